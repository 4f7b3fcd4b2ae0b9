package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.ledger.Fault;
import java.time.Duration;
import java.util.Set;

/**
 * What a chaos run is.
 *
 * @param share of the capacity of all nodes that calls need
 * @param service mean time of a call
 * @param budget of each call; the nodes' {@code call.timeout}
 * @param warmup load without faults before the first look at memory, threads and descriptors
 * @param keptBroker whether the broker writes down what it holds
 */
public record ChaosPlan(
        int nodes,
        int slots,
        int queue,
        double share,
        Duration service,
        Duration budget,
        Duration warmup,
        Duration duration,
        long seed,
        Set<Fault> faults,
        boolean keptBroker) {
    private static final int MAX_NODES = 64;

    public ChaosPlan {
        faults = Set.copyOf(faults);
        if (nodes < 2 || nodes > MAX_NODES) {
            throw new IllegalArgumentException(
                    "nodes must be 2 to " + MAX_NODES + ", since the first is never killed: " + nodes);
        }
        if (slots < 1 || queue < 0) {
            throw new IllegalArgumentException("slots must be at least 1, queue at least 0: " + slots + ", " + queue);
        }
        if (!(share > 0 && share <= 2)) {
            throw new IllegalArgumentException("rate-share must be above 0 and at most 2: " + share);
        }
        require("service", service);
        require("budget", budget);
        require("duration", duration);
        if (warmup.isNegative()) {
            throw new IllegalArgumentException("warm-up must not be negative: " + warmup);
        }
    }

    private static void require(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 7 days: " + value);
        }
    }
}
