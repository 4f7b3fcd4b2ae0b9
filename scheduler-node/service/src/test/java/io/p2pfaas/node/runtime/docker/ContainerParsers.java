package io.p2pfaas.node.runtime.docker;

import static io.p2pfaas.core.fuzz.Parser.require;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What definitions say of containers, and what containers write. */
public final class ContainerParsers {
    private static final int MAX_LOG = 256 * 1024;
    private static final ContainerDefaults DEFAULTS = new ContainerDefaults(
            "p2pfaas/n1",
            128L << 20,
            1_000_000_000L,
            256,
            16L << 20,
            4,
            0,
            Duration.ZERO,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    private ContainerParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.of("options", FunctionJson.MAX_BYTES, ContainerParsers::options, IllegalArgumentException.class),
                Parser.of("log", MAX_LOG, ContainerParsers::log));
    }

    private static void options(byte[] input) {
        FunctionDefinition definition = FunctionJson.read(ByteBuffer.wrap(input).asReadOnlyBuffer());
        if (definition.isContainer()) {
            ContainerOptions options = ContainerOptions.of(definition, DEFAULTS);
            require(options.maxReplicas() <= DEFAULTS.maxReplicas(), "more replicas than the node allows");
            options.relaxations();
        }
    }

    /** Frames end at NUL. */
    private static void log(byte[] input) {
        ContainerLog log = new ContainerLog(Instant.EPOCH, new Engine.Lines() {
            @Override
            public boolean line(Instant written, String text) {
                require(text.indexOf('\n') < 0, "a line has a line end");
                return true;
            }

            @Override
            public void ended() {
                // Nothing waits for it.
            }
        });
        int start = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == 0) {
                byte[] frame = new byte[i - start];
                System.arraycopy(input, start, frame, 0, frame.length);
                log.take(new Frame(i % 2 == 0 ? StreamType.STDOUT : StreamType.STDERR, frame));
                start = i + 1;
            }
        }
        log.ended(null);
    }
}
