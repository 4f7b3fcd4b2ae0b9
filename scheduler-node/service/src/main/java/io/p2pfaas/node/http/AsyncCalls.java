package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TracedCall;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose callers do not wait. Each is offered to the node like any other; one that the node has no room for waits
 * here and is offered again, after pauses that grow, or as soon as another one of them has ended. Every call ends in one
 * result, at the latest when its time is up. Any thread.
 */
final class AsyncCalls implements AutoCloseable {
    /** Rejections that say that there is no room now. */
    private static final Set<Reason> FULL =
            Set.of(Reason.NO_SLOT, Reason.QUEUE_FULL, Reason.NO_TAKER, Reason.BODY_TOO_LARGE, Reason.TOO_MANY_CALLS);

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** Offers a call to the node. */
    @FunctionalInterface
    interface Node {
        void offer(Offering offering, CallerCall caller, long deadlineNanos);
    }

    /** Runs something later. */
    @FunctionalInterface
    interface Timer {
        void after(long millis, Runnable task);
    }

    /** Delivers results to those who want to be called back, and tells when it has done what it could. */
    @FunctionalInterface
    interface Delivery {
        void deliver(URI callback, AsyncResult result, Runnable done);
    }

    private record Rejection(Call call, Placement placement) {}

    private final Node node;
    private final CallReport report;
    private final LongSupplier clock;
    private final Timer timer;
    private final Delivery delivery;
    private final AsyncResults results;
    private final int max;
    private final long timeoutNanos;
    private final AtomicInteger open = new AtomicInteger();
    private final Deque<One> waiting = new ArrayDeque<>();
    private boolean closed;

    AsyncCalls(
            Node node,
            CallReport report,
            LongSupplier clock,
            Timer timer,
            Delivery delivery,
            AsyncResults results,
            AsyncSetup setup) {
        this.node = node;
        this.report = report;
        this.clock = clock;
        this.timer = timer;
        this.delivery = delivery;
        this.results = results;
        this.max = setup.queueMax();
        this.timeoutNanos = setup.timeout().toNanos();
    }

    /** Whether a call more would be too much. */
    boolean isFull() {
        return open.get() >= max;
    }

    int open() {
        return open.get();
    }

    /**
     * Takes a call, unless there are too many.
     *
     * @param ids under which its result may be kept; the first that is free is taken
     * @param ended is run when it needs its request no more
     * @return the id of its result; empty if it was not taken
     */
    Optional<String> take(Offering offering, List<String> ids, @Nullable URI callback, Runnable ended) {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return Optional.empty();
        }
        Optional<String> free = ids.stream().filter(results::begin).findFirst();
        if (free.isEmpty()) {
            open.decrementAndGet();
            return free;
        }
        new One(offering, free.get(), callback, ended).offer();
        return free;
    }

    Optional<AsyncResults.Known> find(String id) {
        return results.find(id);
    }

    private final class One implements CallerCall {
        private final Offering offering;
        private final String id;
        private final @Nullable URI callback;
        private final Runnable ended;
        private final long deadline;
        private long pauseMillis = FIRST_PAUSE_MILLIS;
        private int round;
        private @Nullable Rejection last;

        One(Offering offering, String id, @Nullable URI callback, Runnable ended) {
            this.offering = offering;
            this.id = id;
            this.callback = callback;
            this.ended = ended;
            this.deadline = offering.arrivedNanos() + timeoutNanos;
        }

        @Override
        public Request request() {
            return offering.request();
        }

        @Override
        public long arrivedNanos() {
            return offering.arrivedNanos();
        }

        @Override
        public Noted noted() {
            return offering.noted();
        }

        /** Who knows the id of such a call can read its result. */
        @Override
        public String shownId(long number) {
            return Long.toString(number);
        }

        void offer() {
            node.offer(offering, this, deadline);
        }

        @Override
        public void reply(Call call, End end, Placement placement) {
            if (end.reason() != null && FULL.contains(end.reason()) && waits(new Rejection(call, placement))) {
                return;
            }
            end(call, end, placement);
            offerNext();
        }

        /** Waits for room; false if there is no sense in it. */
        private boolean waits(Rejection rejection) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - clock.getAsLong());
            int mine;
            long pause;
            synchronized (waiting) {
                if (closed || left <= 0) {
                    return false;
                }
                last = rejection;
                mine = ++round;
                pause = Math.min(pauseMillis, left);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                waiting.add(this);
            }
            timer.after(pause, () -> offerAgain(mine));
            return true;
        }

        /** @param pause which of its pauses is over; a call that was brought forward may be in a later one */
        private void offerAgain(int pause) {
            synchronized (waiting) {
                if (pause != round || !waiting.remove(this)) {
                    return;
                }
            }
            if (clock.getAsLong() < deadline) {
                offer();
            } else {
                giveUp(Reason.EXPIRED_QUEUED);
            }
        }

        /** Ends it without offering it again. */
        void giveUp(Reason reason) {
            Rejection rejection;
            synchronized (waiting) {
                rejection = last;
            }
            if (rejection == null) {
                throw new IllegalStateException("a call waits that was never rejected: " + id);
            }
            end(rejection.call(), End.of(reason), rejection.placement());
        }

        private void end(Call call, End end, Placement placement) {
            long now = clock.getAsLong();
            long duration = now - arrivedNanos();
            TracedCall traced = noted().traced();
            if (traced != null) {
                traced.ended(end, placement.path(), now);
            }
            Headers.Builder fields = new Headers.Builder();
            report.describe(call, end, placement, duration, fields::add);
            CallAnswer answer = AsyncResult.with(CallAnswer.of(end), fields.build());
            AsyncResult result = new AsyncResult(offering.function(), offering.trace(), answer, duration);
            results.end(id, result);
            ended.run();
            if (callback == null) {
                open.decrementAndGet();
            } else {
                delivery.deliver(callback, result, open::decrementAndGet);
            }
        }
    }

    /** One has ended, so there may be room for the one that waits longest. */
    private void offerNext() {
        One next;
        synchronized (waiting) {
            next = waiting.poll();
        }
        if (next != null) {
            next.offer();
        }
    }

    /** Those that wait for room end. */
    @Override
    public void close() {
        List<One> rest;
        synchronized (waiting) {
            closed = true;
            rest = List.copyOf(waiting);
            waiting.clear();
        }
        rest.forEach(one -> one.giveUp(Reason.NODE_STOPPED));
    }
}
