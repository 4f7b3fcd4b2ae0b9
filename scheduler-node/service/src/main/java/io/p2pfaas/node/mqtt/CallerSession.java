package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that calls functions over MQTT 5: connects, calls, hears the answer. Unlike a node it gives up when the broker
 * does not take it. Its name is a level of the topic that answers come on, which a broker's rights are about; its client id
 * is another one each time. For one thread, which it blocks.
 */
public final class CallerSession implements AutoCloseable {
    private static final Duration SPARE = Duration.ofSeconds(2);

    private final HiveMqTransport transport;
    private final TrialCalls calls;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final LinkSettings settings;
    private final Duration patience;

    /**
     * @param settings with the caller's name in place of a node's
     * @param patience how long an answer is waited for
     * @throws IllegalStateException if the files with keys or certificates cannot be used
     */
    public CallerSession(LinkSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        transport = new HiveMqTransport(settings, settings.clientId() + "/" + UUID.randomUUID());
        calls = new TrialCalls(settings.self(), new Topics(settings.root()), transport, patience);
    }

    /**
     * Connects.
     *
     * @throws IOException with the reason in words if the broker does not take this caller
     */
    public void connect() throws IOException {
        transport.start(new Ears(), null);
        await(connected, settings.connectTimeout().plus(SPARE));
    }

    /** The answer, or an error in the form of a node's if there is none. */
    public Response call(FunctionName function, Request request) throws IOException {
        return await(calls.call(function, request).toCompletableFuture(), patience.plus(SPARE));
    }

    private <T> T await(CompletableFuture<T> future, Duration atMost) throws IOException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer from the broker within " + atMost.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new IOException(String.valueOf(cause == null ? failed.getMessage() : cause.getMessage()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Ears implements Transport.Listener {
        @Override
        public void up() {
            connected.complete(null);
        }

        @Override
        public void down() {
            // What is under way is not answered any more: the wait for it ends by its time.
        }

        @Override
        public void failed(String reason) {
            connected.completeExceptionally(new IOException(reason));
        }

        @Override
        public void received(WireMessage message) {
            calls.answered(message);
        }
    }
}
