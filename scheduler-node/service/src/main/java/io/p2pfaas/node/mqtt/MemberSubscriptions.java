package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.node.wire.Topics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the node's shared subscriptions as its brain wants them. Effects may arrive in another order than the brain
 * made them, from several threads: the newest version wins, and the broker sees the changes in order.
 */
final class MemberSubscriptions {
    private record Wish(boolean joined, long version) {}

    private final Topics topics;
    private final Transport transport;
    private final List<FunctionName> functions;
    private final Map<SpillGroup, Wish> wishes = new EnumMap<>(SpillGroup.class);

    MemberSubscriptions(Topics topics, Transport transport, Set<FunctionName> functions) {
        this.topics = topics;
        this.transport = transport;
        this.functions = functions.stream().sorted().toList();
    }

    synchronized void change(Effect.Membership wanted) {
        Wish known = wishes.get(wanted.group());
        if (known != null && known.version() > wanted.version()) {
            return;
        }
        wishes.put(wanted.group(), new Wish(wanted.joined(), wanted.version()));
        apply(wanted.group(), wanted.joined());
    }

    /** The connection is new: nothing is subscribed. */
    synchronized void renew() {
        wishes.forEach((group, wish) -> {
            if (wish.joined()) {
                apply(group, true);
            }
        });
    }

    private void apply(SpillGroup group, boolean join) {
        List<String> filters = functions.stream()
                .map(function -> topics.membership(group, function))
                .toList();
        if (filters.isEmpty()) {
            return;
        }
        // A failure means that the connection is gone; the next one renews.
        if (join) {
            transport.subscribe(filters, true);
        } else {
            transport.unsubscribe(filters);
        }
    }
}
