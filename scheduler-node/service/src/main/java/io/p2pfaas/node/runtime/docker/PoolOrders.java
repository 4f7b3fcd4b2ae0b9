package io.p2pfaas.node.runtime.docker;

import java.util.ArrayList;
import java.util.List;

/** What a {@link ReplicaPool} has decided and nobody has carried out yet, in order. Not thread-safe. */
final class PoolOrders<C> {
    private List<PoolAction<C>> orders = new ArrayList<>();
    private long wakeAtNanos = Long.MAX_VALUE;

    void add(PoolAction<C> order) {
        orders.add(order);
    }

    void fail(C call, Failure why) {
        add(hands -> hands.fail(call, why));
    }

    /** To be woken at this time or before; {@code Long.MAX_VALUE} = never. */
    void wakeBy(long atNanos) {
        if (atNanos < wakeAtNanos) {
            wakeAtNanos = atNanos;
            add(hands -> hands.wakeAt(atNanos));
        }
    }

    /** So late is it: what was to wake at this time has done so. */
    void woken(long now) {
        if (now >= wakeAtNanos) {
            wakeAtNanos = Long.MAX_VALUE;
        }
    }

    /** Each is handed out once. */
    List<PoolAction<C>> take() {
        if (orders.isEmpty()) {
            return List.of();
        }
        List<PoolAction<C>> taken = orders;
        orders = new ArrayList<>();
        return taken;
    }
}
