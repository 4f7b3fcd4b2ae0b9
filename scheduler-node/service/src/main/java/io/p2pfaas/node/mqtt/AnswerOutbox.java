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
    /** Of all that wait: for the link, or for their next try. */
    private int waiting;

    private long waitingBytes;
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
        if (mayWait(again)) {
            later.execute(() -> {
                waitsNoMore(again);
                attempt(again);
            });
        }
    }

    private void keep(Kept answer) {
        if (mayWait(answer)) {
            kept.add(answer);
        }
    }

    private synchronized boolean mayWait(Kept answer) {
        int bytes = answer.message().payload().remaining();
        if (waiting >= MAX_KEPT || waitingBytes + bytes > MAX_BYTES) {
            counters.answersDropped.increment();
            return false;
        }
        waiting++;
        waitingBytes += bytes;
        return true;
    }

    private synchronized void waitsNoMore(Kept answer) {
        waiting--;
        waitingBytes -= answer.message().payload().remaining();
    }

    /** The link is up: sends what was kept. */
    void linkUp() {
        Deque<Kept> due;
        synchronized (this) {
            up = true;
            due = new ArrayDeque<>(kept);
            kept.clear();
            due.forEach(this::waitsNoMore);
        }
        for (Kept answer : due) {
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
