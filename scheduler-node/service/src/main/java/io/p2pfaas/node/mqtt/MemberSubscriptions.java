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
    private List<FunctionName> functions;
    private final Map<SpillGroup, Wish> wishes = new EnumMap<>(SpillGroup.class);

    MemberSubscriptions(Topics topics, Transport transport, Set<FunctionName> functions) {
        this.topics = topics;
        this.transport = transport;
        this.functions = functions.stream().sorted().toList();
    }

    /** The node has these functions from now on. */
    synchronized void functions(Set<FunctionName> now) {
        List<FunctionName> gone =
                functions.stream().filter(name -> !now.contains(name)).toList();
        List<FunctionName> added =
                now.stream().filter(name -> !functions.contains(name)).sorted().toList();
        functions = now.stream().sorted().toList();
        wishes.forEach((group, wish) -> {
            apply(group, false, gone);
            if (wish.joined()) {
                apply(group, true, added);
            }
        });
    }

    synchronized void change(Effect.Membership wanted) {
        Wish known = wishes.get(wanted.group());
        if (known != null && known.version() > wanted.version()) {
            return;
        }
        wishes.put(wanted.group(), new Wish(wanted.joined(), wanted.version()));
        apply(wanted.group(), wanted.joined(), functions);
    }

    /** The connection is new: nothing is subscribed. */
    synchronized void renew() {
        wishes.forEach((group, wish) -> {
            if (wish.joined()) {
                apply(group, true, functions);
            }
        });
    }

    private void apply(SpillGroup group, boolean join, List<FunctionName> names) {
        List<String> filters = names.stream()
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
