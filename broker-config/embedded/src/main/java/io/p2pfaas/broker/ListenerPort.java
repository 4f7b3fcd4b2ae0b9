package io.p2pfaas.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.client.parameter.ServerInformation;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import org.jspecify.annotations.Nullable;

/** Learns which port the broker listens on; only an extension is told. Registers nothing, so everybody may connect. */
final class ListenerPort implements ExtensionMain {
    private volatile @Nullable ServerInformation server;

    EmbeddedExtension asExtension() {
        return EmbeddedExtension.builder()
                .withId("p2pfaas-listener-port")
                .withName("listener port")
                .withVersion("1")
                .withExtensionMain(this)
                .build();
    }

    /** Meaningful once the broker has started: extensions start before the listener does. */
    int port() {
        var known = server;
        if (known == null) {
            throw new IllegalStateException("the broker has not started its extensions");
        }
        return known.getListener().iterator().next().getPort();
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        server = input.getServerInformation();
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // Holds nothing.
    }
}
