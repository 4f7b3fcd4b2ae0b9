package io.p2pfaas.node.testing;

import io.p2pfaas.node.mqtt.Transport;
import io.p2pfaas.node.wire.WireMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an {@link InMemoryBroker}, cut and healed by the test. What it is asked to do happens at the broker's
 * next deliveries; what became of what is under way when the link is cut is unknown, and said after the listener was told that it is down.
 */
public final class InMemoryTransport implements Transport {
    private final InMemoryBroker broker;
    private final String client;
    private @Nullable Listener listener;
    private @Nullable WireMessage will;
    private @Nullable BrokerSession session;
    private boolean closed;
    private int maxPayloadBytes = Integer.MAX_VALUE;

    InMemoryTransport(InMemoryBroker broker, String client) {
        this.broker = broker;
        this.client = client;
    }

    @Override
    public void start(Listener newListener, WireMessage newWill) {
        if (listener != null) {
            throw new IllegalStateException(client + " was started before");
        }
        listener = newListener;
        will = newWill;
        connect();
    }

    private void connect() {
        broker.step(() -> {
            Listener told = listener;
            if (told != null && session == null && !closed) {
                session = broker.open(client, told, will);
                told.up();
            }
        });
    }

    /** The network breaks: the broker publishes the will, the client hears that it is down. */
    public void cut() {
        leave(true);
    }

    /** The client is back after {@link #cut}, with a new connection and no subscriptions. */
    public void comeBack() {
        if (session != null) {
            throw new IllegalStateException(client + " is connected");
        }
        connect();
    }

    /** From now on the broker takes no larger payloads from this client. */
    public void limitPayloads(int bytes) {
        maxPayloadBytes = bytes;
    }

    /** Whether it is connected. */
    public boolean isConnected() {
        return session != null;
    }

    private void leave(boolean withWill) {
        BrokerSession left = session;
        Listener told = listener;
        if (left == null || told == null) {
            return;
        }
        session = null;
        broker.close(left, withWill);
        told.down();
        left.failOpenOperations();
    }

    @Override
    public boolean takes(WireMessage message) {
        return message.payload().remaining() <= maxPayloadBytes;
    }

    @Override
    public CompletionStage<Delivery> publish(WireMessage message) {
        BrokerSession current = session;
        if (current == null) {
            return CompletableFuture.completedFuture(Delivery.FAILED);
        }
        if (!takes(message)) {
            return CompletableFuture.completedFuture(Delivery.TOO_LARGE);
        }
        CompletableFuture<Delivery> result = new CompletableFuture<>();
        Runnable failure = () -> result.complete(Delivery.UNKNOWN);
        current.opened(failure);
        broker.step(() -> {
            if (current.isOver()) {
                return;
            }
            boolean found = broker.route(message);
            Delivery delivery = found || !message.atLeastOnce() ? Delivery.TAKEN : Delivery.NOBODY;
            // The acknowledgement has its own way to go, on which the link may be cut.
            broker.step(() -> {
                current.settled(failure);
                result.complete(delivery);
            });
        });
        return result;
    }

    @Override
    public CompletionStage<Void> subscribe(List<String> filters, boolean atLeastOnce) {
        return change(filters, (current, filter) -> broker.subscribe(current, filter, atLeastOnce));
    }

    @Override
    public CompletionStage<Void> unsubscribe(List<String> filters) {
        return change(filters, BrokerSession::unsubscribe);
    }

    @FunctionalInterface
    private interface Change {
        void apply(BrokerSession session, TopicFilter filter);
    }

    private CompletionStage<Void> change(List<String> filters, Change change) {
        List<TopicFilter> parsed = filters.stream().map(TopicFilter::parse).toList();
        BrokerSession current = session;
        CompletableFuture<Void> result = new CompletableFuture<>();
        Supplier<IllegalStateException> notConnected = () -> new IllegalStateException(client + " is not connected");
        if (current == null) {
            result.completeExceptionally(notConnected.get());
            return result;
        }
        Runnable failure = () -> result.completeExceptionally(notConnected.get());
        current.opened(failure);
        broker.step(() -> {
            if (!current.isOver()) {
                parsed.forEach(filter -> change.apply(current, filter));
                current.settled(failure);
                result.complete(null);
            }
        });
        return result;
    }

    @Override
    public void close() {
        closed = true;
        leave(false);
    }
}
