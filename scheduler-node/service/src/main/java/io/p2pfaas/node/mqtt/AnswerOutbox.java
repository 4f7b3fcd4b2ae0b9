package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends answers, and keeps those that cannot be sent: while the link is down, and for a moment when nobody listened,
 * since whoever waits may be reconnecting too. Bounded in number and bytes; what does not fit or has waited longer than
 * it is worth is dropped and counted.
 */
final class AnswerOutbox {
    private static final int MAX_KEPT = 10_000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final int MAX_TRIES = 8;
    private static final long RETRY_MILLIS = 250;

    private record Kept(WireMessage message, long untilNanos, int tries) {}

    private final Transport transport;
    private final LongSupplier clock;
    private final Executor later;
    private final LinkCounters counters;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long keptBytes;
    private boolean up;

    /** @param later runs what is to be tried again, about {@link #RETRY_MILLIS} later */
    AnswerOutbox(Transport transport, LongSupplier clock, Executor later, LinkCounters counters) {
        this.transport = transport;
        this.clock = clock;
        this.later = later;
        this.counters = counters;
    }

    /** The pause that the executor given to the constructor makes. */
    static long retryMillis() {
        return RETRY_MILLIS;
    }

    /** Sends the answer now or as soon as it can be. */
    void send(WireMessage message) {
        long worth = TimeUnit.SECONDS.toNanos(Math.max(1, message.expirySeconds()));
        attempt(new Kept(message, clock.getAsLong() + worth, 0));
    }

    private void attempt(Kept answer) {
        synchronized (this) {
            if (!up) {
                keep(answer);
                return;
            }
        }
        transport.publish(answer.message()).thenAccept(delivery -> settle(answer, delivery));
    }

    private void settle(Kept answer, Transport.Delivery delivery) {
        if (delivery == Transport.Delivery.TAKEN) {
            return;
        }
        boolean worthIt = answer.tries() < MAX_TRIES && clock.getAsLong() < answer.untilNanos();
        if (!worthIt) {
            counters.answersDropped.increment();
            return;
        }
        Kept again = new Kept(answer.message(), answer.untilNanos(), answer.tries() + 1);
        later.execute(() -> attempt(again));
    }

    private void keep(Kept answer) {
        int bytes = answer.message().payload().remaining();
        if (kept.size() >= MAX_KEPT || keptBytes + bytes > MAX_BYTES) {
            counters.answersDropped.increment();
            return;
        }
        kept.add(answer);
        keptBytes += bytes;
    }

    /** The link is up: sends what was kept. */
    void linkUp() {
        Deque<Kept> waiting;
        synchronized (this) {
            up = true;
            waiting = new ArrayDeque<>(kept);
            kept.clear();
            keptBytes = 0;
        }
        for (Kept answer : waiting) {
            if (clock.getAsLong() < answer.untilNanos()) {
                attempt(answer);
            } else {
                counters.answersDropped.increment();
            }
        }
    }

    /** The link is down: answers are kept from now on. */
    synchronized void linkDown() {
        up = false;
    }
}
