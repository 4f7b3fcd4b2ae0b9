package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends answers, and keeps those that cannot be sent: while the link is down, and for a moment when nobody listened,
 * since whoever waits may be reconnecting too. Bounded in number and bytes; what does not fit or has waited longer than
 * it is worth is dropped and counted.
 */
final class AnswerOutbox {
    private static final int MAX_KEPT = 10_000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(7);
    private static final int MAX_TRIES = 8;
    private static final long RETRY_MILLIS = 250;

    private record Kept(
            WireMessage message,
            Supplier<Optional<WireMessage>> smaller,
            boolean needsReader,
            long untilNanos,
            int tries) {
        Kept again() {
            return new Kept(message, smaller, needsReader, untilNanos, tries + 1);
        }

        /** It is told that the answer is too large; nothing is smaller than that. */
        Optional<Kept> shortened() {
            return smaller.get().map(text -> new Kept(text, Optional::empty, needsReader, untilNanos, tries));
        }
    }

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

    /**
     * Sends the answer now or as soon as it can be.
     *
     * @param smaller what is said instead if the broker takes no packet of this size; empty = nothing
     */
    void send(WireMessage message, Supplier<Optional<WireMessage>> smaller) {
        send(message, smaller, true);
    }

    /** The same for an answer that is small. */
    void send(WireMessage message) {
        send(message, Optional::empty, true);
    }

    /** The same, and it is well if nobody listens. */
    void sendToAnybody(WireMessage message, Supplier<Optional<WireMessage>> smaller) {
        send(message, smaller, false);
    }

    private void send(WireMessage message, Supplier<Optional<WireMessage>> smaller, boolean needsReader) {
        long seconds = message.expirySeconds() > 0 ? message.expirySeconds() : MAX_SECONDS;
        long until = clock.getAsLong() + TimeUnit.SECONDS.toNanos(Math.min(seconds, MAX_SECONDS));
        attempt(new Kept(message, smaller, needsReader, until, 0));
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
        boolean isFine = delivery == Transport.Delivery.NOBODY && !answer.needsReader();
        if (delivery == Transport.Delivery.TAKEN || isFine) {
            return;
        }
        if (delivery == Transport.Delivery.TOO_LARGE) {
            answer.shortened().ifPresentOrElse(this::attempt, counters.answersDropped::increment);
            return;
        }
        boolean worthIt = answer.tries() < MAX_TRIES && clock.getAsLong() < answer.untilNanos();
        if (!worthIt) {
            counters.answersDropped.increment();
            return;
        }
        Kept again = answer.again();
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
        int bytes = answer.message().bytes();
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
        waitingBytes -= answer.message().bytes();
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
