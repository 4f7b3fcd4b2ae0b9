package io.p2pfaas.node.mqtt;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Which broker is tried next, and after which pause. The order is that of the list, from the first one again whenever a
 * connection is lost; a broker that is connected is kept, even if a preferred one is back. Pauses are drawn evenly from 0
 * to a bound (full jitter) that doubles with every failure up to a maximum, so that many nodes that lost one broker
 * together do not come back together. Not thread-safe.
 *
 * <p>A connection that ended sooner than the longest pause counts as a failure: two nodes of one name that push each other
 * off the broker, or a broker that breaks with what is sent to it, would otherwise be tried without any pause.
 */
final class BrokerChoice {
    static final long FIRST_BOUND_NANOS = 50_000_000;

    private final List<BrokerAddress> addresses;
    private final long maxBoundNanos;
    private final LongUnaryOperator random;
    private int current;
    private long boundNanos;
    private long upSinceNanos;

    /**
     * @param random gives a number from 0 to its argument, both included
     */
    BrokerChoice(List<BrokerAddress> addresses, long maxBoundNanos, LongUnaryOperator random) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of a broker");
        }
        this.addresses = List.copyOf(addresses);
        this.maxBoundNanos = maxBoundNanos;
        this.random = random;
        this.boundNanos = firstBound();
    }

    private long firstBound() {
        return Math.min(FIRST_BOUND_NANOS, maxBoundNanos);
    }

    /** The broker that is connected or tried. */
    BrokerAddress current() {
        return addresses.get(current);
    }

    /** The current broker has taken the node. */
    void connected(long nowNanos) {
        upSinceNanos = nowNanos;
    }

    /** The current broker did not take the node: the next one's turn. Returns the pause before it. */
    long onFailure() {
        current = (current + 1) % addresses.size();
        return pause();
    }

    /** The connection to the current broker is lost: the first one's turn. Returns the pause before it. */
    long onLoss(long nowNanos) {
        current = 0;
        return pauseAfterConnection(nowNanos);
    }

    /** The connection was ended to be made anew: the same broker's turn. Returns the pause before it. */
    long onRenewal(long nowNanos) {
        return pauseAfterConnection(nowNanos);
    }

    private long pauseAfterConnection(long nowNanos) {
        if (nowNanos - upSinceNanos >= maxBoundNanos) {
            boundNanos = firstBound();
        }
        return pause();
    }

    private long pause() {
        long pause = random.applyAsLong(boundNanos);
        boundNanos = Math.min(boundNanos * 2, maxBoundNanos);
        return pause;
    }
}
