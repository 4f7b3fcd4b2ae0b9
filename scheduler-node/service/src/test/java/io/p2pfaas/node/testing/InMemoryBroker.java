package io.p2pfaas.node.testing;

import io.p2pfaas.node.mqtt.Transport;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 5 broker in memory, deterministic and for one thread: whatever clients do lines up, and happens in that order
 * when the test calls {@link #deliverAll}. Wildcards, retained messages, shared subscriptions (members take turns in the
 * order in which they joined), last wills, QoS, and the acknowledgement that says that nobody subscribes. Sessions end
 * with their connection. It has no clock: messages do not expire.
 */
public final class InMemoryBroker {
    private static final int MAX_STEPS = 1_000_000;

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<BrokerSession> sessions = new ArrayList<>();
    private final Map<String, WireMessage> retained = new TreeMap<>();
    private final Map<TopicFilter, Integer> turns = new HashMap<>();
    private final List<WireMessage> published = new ArrayList<>();
    private Predicate<WireMessage> duplicated = message -> false;
    private boolean saysNobody = true;

    /** A client's transport; it connects when it is started. */
    public InMemoryTransport transport(String client) {
        return new InMemoryTransport(this, client);
    }

    /** From now on as a broker that acknowledges every publish alike, whether somebody subscribes or not. */
    public void saysNothingOfNobody() {
        saysNobody = false;
    }

    /** Delivers these messages twice, as QoS 1 allows; QoS 0 messages are never duplicated. */
    public void duplicate(Predicate<WireMessage> which) {
        duplicated = which;
    }

    /**
     * Subscribes as a client that is no node.
     *
     * @return what arrives, growing with every delivery
     */
    public List<WireMessage> inbox(String filter) {
        List<WireMessage> arrived = new ArrayList<>();
        BrokerSession session = open("inbox " + filter, new Inbox(arrived), null);
        subscribe(session, TopicFilter.parse(filter), true);
        return Collections.unmodifiableList(arrived);
    }

    /** Publishes as a client that is no node. */
    public void publish(WireMessage message) {
        step(() -> route(message));
    }

    /** Everything that the broker took, wills included, in order. */
    public List<WireMessage> published() {
        return Collections.unmodifiableList(published);
    }

    /** What the broker took on topics that match. */
    public List<WireMessage> published(String filter) {
        TopicFilter wanted = TopicFilter.parse(filter);
        return published.stream()
                .filter(message -> wanted.matches(message.topic()))
                .toList();
    }

    /** The retained message of a topic. */
    public @Nullable WireMessage retained(String topic) {
        return retained.get(topic);
    }

    /** Whether some connection subscribes to exactly this filter. */
    public boolean hasSubscriber(String filter) {
        TopicFilter wanted = TopicFilter.parse(filter);
        return sessions.stream().anyMatch(session -> session.filters().containsKey(wanted));
    }

    /** Lets one thing happen; false if nothing was left to do. */
    public boolean deliverNext() {
        Runnable next = steps.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** Lets everything happen, and all that follows from it. */
    public void deliverAll() {
        for (int i = 0; i < MAX_STEPS; i++) {
            if (!deliverNext()) {
                return;
            }
        }
        throw new IllegalStateException("clients talk on and on; " + steps.size() + " steps wait");
    }

    void step(Runnable step) {
        steps.add(step);
    }

    BrokerSession open(String client, Transport.Listener listener, @Nullable WireMessage will) {
        BrokerSession session = new BrokerSession(client, listener, will);
        sessions.add(session);
        return session;
    }

    void close(BrokerSession session, boolean withWill) {
        sessions.remove(session);
        session.end();
        WireMessage will = session.will();
        if (withWill && will != null) {
            step(() -> route(will));
        }
    }

    void subscribe(BrokerSession session, TopicFilter filter, boolean atLeastOnce) {
        session.subscribe(filter, atLeastOnce);
        if (filter.isShared()) {
            // A group is not told what was said before.
            return;
        }
        retained.values().stream()
                .filter(message -> filter.matches(message.topic()))
                .forEach(message -> hand(session, message, atLeastOnce, true));
    }

    /** Hands the message to all that subscribe; false if there was nobody, and this broker says so. */
    boolean route(WireMessage message) {
        published.add(message);
        if (message.retained()) {
            if (message.payload().hasRemaining()) {
                retained.put(message.topic(), message);
            } else {
                retained.remove(message.topic());
            }
        }
        boolean found = false;
        Map<TopicFilter, List<BrokerSession>> groups = new HashMap<>();
        List<TopicFilter> groupsInOrder = new ArrayList<>();
        for (BrokerSession session : List.copyOf(sessions)) {
            Boolean own = null;
            for (Map.Entry<TopicFilter, Boolean> entry : session.filters().entrySet()) {
                TopicFilter filter = entry.getKey();
                if (!filter.matches(message.topic())) {
                    continue;
                }
                if (filter.isShared()) {
                    List<BrokerSession> members = groups.get(filter);
                    if (members == null) {
                        members = new ArrayList<>();
                        groups.put(filter, members);
                        groupsInOrder.add(filter);
                    }
                    members.add(session);
                } else {
                    own = entry.getValue() || (own != null && own);
                }
            }
            if (own != null) {
                // Once per client, however many of its filters match.
                hand(session, message, own, false);
                found = true;
            }
        }
        for (TopicFilter group : groupsInOrder) {
            List<BrokerSession> members = groups.getOrDefault(group, List.of());
            int turn = turns.merge(group, 1, Integer::sum) - 1;
            BrokerSession member = members.get(turn % members.size());
            hand(member, message, member.filters().getOrDefault(group, false), false);
            found = true;
        }
        return found || !saysNobody;
    }

    private void hand(BrokerSession session, WireMessage message, boolean atLeastOnce, boolean asRetained) {
        WireMessage handed = new WireMessage(
                message.topic(),
                message.payload().asReadOnlyBuffer(),
                message.atLeastOnce() && atLeastOnce,
                asRetained,
                message.responseTopic(),
                message.correlation(),
                message.contentType(),
                message.expirySeconds(),
                message.properties());
        Runnable delivery = () -> {
            if (!session.isOver()) {
                session.receive(handed);
            }
        };
        step(delivery);
        if (handed.atLeastOnce() && duplicated.test(handed)) {
            step(delivery);
        }
    }

    /** A client that only listens. */
    private record Inbox(List<WireMessage> arrived) implements Transport.Listener {
        @Override
        public void up() {
            // It is there from the start.
        }

        @Override
        public void down() {
            // Nobody cuts it.
        }

        @Override
        public void received(WireMessage message) {
            arrived.add(message);
        }
    }
}
