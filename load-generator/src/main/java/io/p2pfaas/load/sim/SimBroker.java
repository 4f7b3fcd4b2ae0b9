package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What nodes notice of a broker: who is connected, who is in which shared group, and that it says so when nobody is
 * there. Half of a message's delay is spent on the way in, half on the way out; each link keeps its order. The broker
 * itself takes no time.
 *
 * <p>Load samples go only to nodes whose policy lives on samples, as if the others did not subscribe to them.
 */
final class SimBroker {
    private final Cluster cluster;
    private final Timeline time;
    private final Setup.Network network;
    private final RandomGenerator random;
    private final Neighbours neighbours;
    private final SharedGroup slotGroup;
    private final SharedGroup queueGroup;
    private final PacketCounts packets = new PacketCounts();
    private final long inNanos;
    private final long outNanos;
    private final boolean isSteady;
    private final boolean isSound;
    /** What came in while the broker stood still. */
    private final List<Message> held = new ArrayList<>();

    private boolean up = true;
    private boolean paused;

    SimBroker(Cluster cluster, Timeline time, Setup setup, Neighbours neighbours, RandomGenerator random) {
        this.cluster = cluster;
        this.time = time;
        this.network = setup.network();
        this.random = random;
        this.neighbours = neighbours;
        this.slotGroup = new SharedGroup(setup.nodes(), network.deal());
        this.queueGroup = new SharedGroup(setup.nodes(), network.deal());
        this.inNanos = network.delayNanos() / 2;
        this.outNanos = network.delayNanos() - inNanos;
        this.isSteady = network.isSteady();
        this.isSound = network.vanished() == 0 && network.doubled() == 0;
    }

    PacketCounts packets() {
        return packets;
    }

    boolean isUp() {
        return up;
    }

    /** A node hands something to its link. */
    void publish(Message message) {
        time.plan(time.nowNanos() + inNanos, message);
    }

    void receive(Message message) {
        if (paused) {
            held.add(message);
        } else if (up) {
            message.atBroker(this);
        }
    }

    void forward(Message.Forward message) {
        packets.in(PacketCounts.Kind.FORWARD);
        SpillGroup group = message.effect.group();
        SimNode taker = group != null ? deal(group) : connected(message.effect.target());
        if (taker != null && isSteady && isSound) {
            packets.out(PacketCounts.Kind.FORWARD);
            time.plan(time.nowNanos() + outNanos, new HandedOver(taker, message));
            return;
        }
        time.plan(arrivalAt(message.from), new Acknowledged(message, taker != null));
        if (taker != null) {
            hand(taker, message, PacketCounts.Kind.FORWARD);
        }
    }

    private @Nullable SimNode deal(SpillGroup group) {
        int member = (group == SpillGroup.SLOT ? slotGroup : queueGroup).deal(random);
        return member < 0 ? null : cluster.node(member);
    }

    private @Nullable SimNode connected(@Nullable NodeId id) {
        if (id == null) {
            return null;
        }
        SimNode node = cluster.node(Cluster.indexOf(id));
        return node.isLinkUp() ? node : null;
    }

    /** To one node by its name; false if it is not there. */
    boolean direct(Message message, NodeId target, PacketCounts.Kind kind) {
        packets.in(kind);
        SimNode to = connected(target);
        if (to != null) {
            hand(to, message, kind);
        }
        return to != null;
    }

    /** A QoS 0 message to all who know the sender and listen. */
    void sample(Message.LoadSample message) {
        packets.in(PacketCounts.Kind.SAMPLE);
        if (cluster.listeners() == 0) {
            return;
        }
        List<Delivery> audience = new ArrayList<>();
        for (int follower : neighbours.followersOf(message.from.index())) {
            SimNode to = cluster.node(follower);
            if (to.isLinkUp() && to.listens() && !happens(network.samplesLost())) {
                packets.out(PacketCounts.Kind.SAMPLE);
                audience.add(new Delivery(to, message));
            }
        }
        if (isSteady) {
            // All arrive at the same moment: one entry in the queue instead of hundreds.
            time.plan(time.nowNanos() + outNanos, new Audience(audience));
        } else {
            audience.forEach(delivery -> time.plan(arrivalAt(delivery.to), delivery));
        }
    }

    void changeMembership(Message.Membership message) {
        packets.in(PacketCounts.Kind.MEMBERSHIP);
        SharedGroup group = message.effect.group() == SpillGroup.SLOT ? slotGroup : queueGroup;
        if (message.effect.joined()) {
            group.join(message.from.index());
        } else {
            group.leave(message.from.index());
        }
    }

    private void hand(SimNode to, Message message, PacketCounts.Kind kind) {
        packets.out(kind);
        int copies = isSound || !happens(network.vanished()) ? 1 : 0;
        if (copies == 1 && !isSound && happens(network.doubled())) {
            copies = 2;
        }
        for (int i = 0; i < copies; i++) {
            time.plan(arrivalAt(to), new Delivery(to, message));
        }
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /** TCP keeps the order: what is late holds up what follows. */
    private long arrivalAt(SimNode to) {
        long at = time.nowNanos() + outNanos;
        if (isSteady) {
            return at;
        }
        if (network.jitterNanos() > 0) {
            at += (long) (random.nextDouble() * network.jitterNanos());
        }
        if (happens(network.resent())) {
            at += Setup.Network.RESEND_NANOS;
        }
        return to.arrivesInOrder(at);
    }

    /** A node is there: it hears of those it knows, and they of it. */
    void connect(SimNode node) {
        packets.in(PacketCounts.Kind.PRESENCE);
        for (int other : neighbours.followersOf(node.index())) {
            tellPresence(cluster.node(other), node, PeerState.ONLINE);
        }
        for (int other : neighbours.knownTo(node.index())) {
            if (cluster.node(other).isLinkUp()) {
                tellPresence(node, cluster.node(other), PeerState.ONLINE);
            }
        }
    }

    /** A link broke: subscriptions are gone, and the will is told. */
    void disconnect(SimNode node) {
        slotGroup.leave(node.index());
        queueGroup.leave(node.index());
        boolean allKnowAll = cluster.size() <= Neighbours.EVERYBODY + 1;
        for (int other = 0; other < cluster.size(); other++) {
            if (other == node.index()) {
                continue;
            }
            SimNode to = cluster.node(other);
            if (!allKnowAll) {
                // Any node may have dealt a call there, so any must hear of the loss, also one that knew it not.
                tellPresence(to, node, PeerState.ONLINE);
            }
            tellPresence(to, node, PeerState.LOST);
        }
    }

    private void tellPresence(SimNode to, SimNode about, PeerState state) {
        if (to.isLinkUp()) {
            packets.out(PacketCounts.Kind.PRESENCE);
            time.plan(
                    arrivalAt(to),
                    new News(to, new Event.PresenceHeard(about.id(), state, about.session(), SimNode.FUNCTIONS)));
        }
    }

    /** The process is gone, and with it all subscriptions and links. Nobody is left to tell wills. */
    void kill() {
        if (!up) {
            return;
        }
        up = false;
        paused = false;
        List<Message> gone = List.copyOf(held);
        held.clear();
        gone.forEach(Message::lost);
        slotGroup.clear();
        queueGroup.clear();
        for (int i = 0; i < cluster.size(); i++) {
            cluster.node(i).linkDown();
        }
    }

    /** A new life; nodes come back on their own. */
    void start() {
        up = true;
    }

    void pause() {
        paused = up;
    }

    void resume() {
        paused = false;
        List<Message> late = List.copyOf(held);
        held.clear();
        late.forEach(message -> message.atBroker(this));
    }

    /** Something reaches a node, if its link is still the same. */
    private static class Delivery extends Happening {
        final SimNode to;
        private final Message message;
        private final long link;

        Delivery(SimNode to, Message message) {
            this.to = to;
            this.message = message;
            this.link = to.link();
        }

        @Override
        void happen() {
            if (to.link() == link) {
                message.deliver(to);
            }
        }
    }

    /** A forward reaches its taker, and its acknowledgement the sender: both ways are equally long. */
    private static final class HandedOver extends Delivery {
        private final Message.Forward forward;
        private final long senderLink;

        HandedOver(SimNode to, Message.Forward forward) {
            super(to, forward);
            this.forward = forward;
            this.senderLink = forward.from.link();
        }

        @Override
        void happen() {
            if (forward.from.link() == senderLink) {
                forward.acknowledge(true);
            }
            super.happen();
        }
    }

    private static final class Acknowledged extends Happening {
        private final Message.Forward forward;
        private final boolean found;
        private final long link;

        Acknowledged(Message.Forward forward, boolean found) {
            this.forward = forward;
            this.found = found;
            this.link = forward.from.link();
        }

        @Override
        void happen() {
            if (forward.from.link() == link) {
                forward.acknowledge(found);
            }
        }
    }

    private static final class Audience extends Happening {
        private final List<Delivery> deliveries;

        Audience(List<Delivery> deliveries) {
            this.deliveries = deliveries;
        }

        @Override
        void happen() {
            deliveries.forEach(Delivery::happen);
        }
    }

    private static final class News extends Happening {
        private final SimNode to;
        private final Event news;
        private final long link;

        News(SimNode to, Event news) {
            this.to = to;
            this.news = news;
            this.link = to.link();
        }

        @Override
        void happen() {
            if (to.link() == link) {
                to.on(news);
            }
        }
    }
}
