package io.p2pfaas.node.testing;

import io.p2pfaas.node.mqtt.Transport;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link InMemoryBroker} keeps of one connection, from its beginning to its end. */
final class BrokerSession {
    private final String client;
    private final Transport.Listener listener;
    private final @Nullable WireMessage will;
    private final Map<TopicFilter, Boolean> filters = new LinkedHashMap<>();
    /** What the client waits for: each is told if the connection ends first. */
    private final List<Runnable> openOperations = new ArrayList<>();

    private boolean ended;

    BrokerSession(String client, Transport.Listener listener, @Nullable WireMessage will) {
        this.client = client;
        this.listener = listener;
        this.will = will;
    }

    @Nullable
    WireMessage will() {
        return will;
    }

    boolean isOver() {
        return ended;
    }

    void subscribe(TopicFilter filter, boolean atLeastOnce) {
        filters.put(filter, atLeastOnce);
    }

    void unsubscribe(TopicFilter filter) {
        filters.remove(filter);
    }

    Map<TopicFilter, Boolean> filters() {
        return filters;
    }

    void receive(WireMessage message) {
        listener.received(message);
    }

    void opened(Runnable operation) {
        openOperations.add(operation);
    }

    void settled(Runnable operation) {
        openOperations.remove(operation);
    }

    /** Nothing is delivered any more. */
    void end() {
        ended = true;
        filters.clear();
    }

    /** What was under way has failed. */
    void failOpenOperations() {
        List<Runnable> open = List.copyOf(openOperations);
        openOperations.clear();
        open.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return client;
    }
}
