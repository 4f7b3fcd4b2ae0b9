package io.p2pfaas.hivemq;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Nobody without a name, and each name only what its role needs. Reads {@code acl.json}, {@code passwords}, {@code ca.crt}
 * and {@code crl.pem} of HiveMQ's folder {@code conf/p2pfaas}. Without them it does not start, and HiveMQ then lets nobody
 * in, unless it has another extension that does.
 */
public final class RightsExtension implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Path folder = input.getServerInformation().getHomeFolder().toPath().resolve("conf/p2pfaas");
        try {
            Gate gate = new Gate(new WatchedSite(folder));
            Services.interceptorRegistry().setConnectInboundInterceptorProvider(client -> gate::onConnect);
            Services.securityRegistry().setAuthenticatorProvider(client -> gate);
        } catch (IOException | IllegalArgumentException e) {
            output.preventExtensionStartup(folder + ": " + e.getMessage());
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // HiveMQ forgets what was registered.
    }
}
