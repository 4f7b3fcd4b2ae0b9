package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connections to one engine: some for commands, whose answers are waited for with a limit, and some for streams without. */
final class EngineClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final DockerClient commands;
    private final DockerClient streams;

    /**
     * Connects to nothing yet.
     *
     * @param address {@code unix:///path} or {@code tcp://host:port}
     */
    EngineClients(String address, Duration answerTimeout) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address)
                // Whatever the environment says to other programs: without it keys would be looked for.
                .withDockerTlsVerify(false)
                .build();
        commands = DockerClientImpl.getInstance(config, new ClosingConnections(transport(config, answerTimeout)));
        streams = DockerClientImpl.getInstance(config, new ClosingConnections(transport(config, null)));
    }

    private static DockerHttpClient transport(DockerClientConfig config, @Nullable Duration answerTimeout) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .connectionTimeout(CONNECT_TIMEOUT)
                .responseTimeout(answerTimeout)
                .build();
    }

    DockerClient commands() {
        return commands;
    }

    DockerClient streams() {
        return streams;
    }

    @Override
    public void close() {
        try {
            commands.close();
            streams.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot close the connections to the engine", failed);
        }
    }

    /**
     * Uses each connection for one request. The engine is next door, so a new one costs next to nothing; one that was kept
     * from before the engine restarted would fail whatever is asked next, and only some requests can be asked again.
     */
    private record ClosingConnections(DockerHttpClient transport) implements DockerHttpClient {
        @Override
        public Response execute(Request request) {
            return transport.execute(Request.builder()
                    .from(request)
                    .putHeader("Connection", "close")
                    .build());
        }

        @Override
        public void close() throws IOException {
            transport.close();
        }
    }
}
