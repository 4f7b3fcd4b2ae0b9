package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What nodes notice of a broker: who is connected, who is in which shared group, and that it says so when nobody is
 * there. Half of a message's delay is spent on the way in, half on the way out; each link keeps its order.
 */
final class MiniBroker {
    /** How a shared group picks the member that gets a message. */
    enum Deal {
        ROUND_ROBIN,
        RANDOM
    }

    private final VirtualTime time;
    private final ClusterPlan plan;
    private final RandomGenerator random;
    private final Packets packets = new Packets();
    private final Map<NodeId, MiniNode> connected = new LinkedHashMap<>();
    private final Map<SpillGroup, List<MiniNode>> members = new EnumMap<>(SpillGroup.class);

    MiniBroker(VirtualTime time, ClusterPlan plan, RandomGenerator random) {
        this.time = time;
        this.plan = plan;
        this.random = random;
        for (SpillGroup group : SpillGroup.values()) {
            members.put(group, new ArrayList<>());
        }
    }

    Packets packets() {
        return packets;
    }

    void connect(MiniNode node) {
        for (MiniNode other : List.copyOf(connected.values())) {
            toNode(other, to -> to.hearPresence(node, true));
            toNode(node, to -> to.hearPresence(other, true));
        }
        connected.put(node.id(), node);
    }

    /** The link broke: subscriptions are gone, and the will is told. */
    void disconnect(MiniNode node) {
        connected.remove(node.id(), node);
        members.values().forEach(list -> list.remove(node));
        for (MiniNode other : connected.values()) {
            toNode(other, to -> to.hearPresence(node, false));
        }
    }

    /** SUBSCRIBE or UNSUBSCRIBE. */
    void changeMembership(MiniNode node, SpillGroup group, boolean joined) {
        packets.memberships++;
        toBroker(node, () -> {
            List<MiniNode> list = membersOf(group);
            list.remove(node);
            if (joined) {
                list.add(node);
            }
        });
    }

    /**
     * A QoS 1 message to one node or to one member of a group.
     *
     * @param acknowledged told after the way back whether anybody was there
     */
    void publish(
            MiniNode from,
            @Nullable NodeId target,
            @Nullable SpillGroup group,
            Consumer<MiniNode> delivery,
            Consumer<Boolean> acknowledged) {
        toBroker(from, () -> {
            MiniNode taker = group != null ? deal(group) : connected.get(target);
            toNode(from, ignored -> acknowledged.accept(taker != null));
            if (taker != null) {
                hand(taker, delivery);
            }
        });
    }

    /** A QoS 0 message to all other nodes. */
    void publishToAll(MiniNode from, Consumer<MiniNode> delivery) {
        packets.samples++;
        toBroker(from, () -> {
            for (MiniNode other : connected.values()) {
                if (other != from) {
                    packets.samples++;
                    hand(other, delivery);
                }
            }
        });
    }

    private @Nullable MiniNode deal(SpillGroup group) {
        List<MiniNode> list = membersOf(group);
        if (list.isEmpty()) {
            return null;
        }
        if (plan.deal() == Deal.RANDOM) {
            return list.get(random.nextInt(list.size()));
        }
        MiniNode next = list.remove(0);
        list.add(next);
        return next;
    }

    private List<MiniNode> membersOf(SpillGroup group) {
        return members.computeIfAbsent(group, unused -> new ArrayList<>());
    }

    private void hand(MiniNode taker, Consumer<MiniNode> delivery) {
        int copies = happens(plan.lossShare()) ? 0 : happens(plan.duplicateShare()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            toNode(taker, delivery);
        }
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /** What is under way when the link breaks is lost. */
    private void toBroker(MiniNode from, Runnable arrival) {
        long link = from.link();
        time.after(plan.delayNanos() / 2, () -> {
            if (from.link() == link && connected.get(from.id()) == from) {
                arrival.run();
            }
        });
    }

    private void toNode(MiniNode to, Consumer<MiniNode> delivery) {
        long link = to.link();
        time.after(plan.delayNanos() - plan.delayNanos() / 2, () -> {
            if (to.link() == link) {
                delivery.accept(to);
            }
        });
    }
}
