package io.p2pfaas.node.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands spans to a collector, many at a time, on a thread of its own. Its queue is bounded: what does not fit is counted and
 * gone, and so is what a collector does not take after some tries. Calls never wait for it.
 */
public final class SpanExport implements AutoCloseable {
    static final int QUEUE = 8192;
    static final int BATCH = 512;

    private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Between batches that are not full: to post one costs milliseconds. */
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final int TRIES = 5;
    private static final long CLOSE_MILLIS = 2000;
    private static final long TELL_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Wakes the thread when it is to end. */
    private static final Span LAST = new Span("", "", "", "", "", Span.Kind.INTERNAL, 0, 0, List.of(), null);

    /** What became of a batch. */
    enum Fate {
        TAKEN,
        /** Not now, but perhaps soon. */
        LATER,
        REFUSED
    }

    /** The way to a collector. Blocks. */
    @FunctionalInterface
    interface Post {
        /**
         * Sends a batch.
         *
         * @return what became of it, and why if it was not taken
         */
        Result send(byte[] batch) throws InterruptedException;
    }

    /**
     * What a collector said to a batch.
     *
     * @param rejected spans of a batch that was taken which were not
     * @param why in a few words, it was not taken, or not all of it; or a warning
     */
    record Result(Fate fate, long rejected, String why) {
        static final Result TAKEN = new Result(Fate.TAKEN, "");

        Result(Fate fate, String why) {
            this(fate, 0, why);
        }
    }

    private final OtlpJson json;
    private final Post post;
    private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final Thread thread = new Thread(this::run, "p2pfaas-traces");
    private volatile boolean closed;
    private boolean isBroken;
    private long tellFromNanos = System.nanoTime();
    private long deliveredNanos = System.nanoTime() - BETWEEN_NANOS;

    SpanExport(OtlpJson json, Post post) {
        this.json = json;
        this.post = post;
        thread.setDaemon(true);
    }

    /** Begins to export. */
    public void start() {
        thread.start();
    }

    /** Takes a span, or drops it. Any thread; does not wait. */
    public void offer(Span span) {
        if (!queue.offer(span)) {
            dropped.increment();
        }
    }

    /** Spans that the collector took. */
    public long exported() {
        return exported.sum();
    }

    /** Spans that found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Spans that could not be delivered. */
    public long failed() {
        return failed.sum();
    }

    /** Spans that the collector got and did not take, though it took others with them. */
    public long rejected() {
        return rejected.sum();
    }

    private void run() {
        List<Span> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                gather(batch);
                batch.removeIf(span -> span.name().isEmpty());
                if (!batch.isEmpty()) {
                    deliver(batch);
                }
            } catch (InterruptedException wokenToEnd) {
                // The node has waited for it long enough.
                failed.add(batch.size());
            } catch (RuntimeException | Error unexpected) {
                // Whatever this batch does, the next ones must not be lost for it.
                failed.add(batch.size());
                LOG.error("spans could not be exported", unexpected);
            }
            batch.clear();
        }
    }

    /** A batch is on its way when it is full, or a moment after its first span, if the last one is some time ago. */
    private void gather(List<Span> batch) throws InterruptedException {
        Span first = closed ? queue.poll() : queue.poll(1, TimeUnit.SECONDS);
        if (first == null) {
            return;
        }
        batch.add(first);
        long now = System.nanoTime();
        long until = now + Math.max(GATHER_NANOS, deliveredNanos + BETWEEN_NANOS - now);
        while (batch.size() < BATCH) {
            queue.drainTo(batch, BATCH - batch.size());
            long left = until - System.nanoTime();
            if (closed || left <= 0 || batch.size() >= BATCH) {
                return;
            }
            Span next = queue.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    private void deliver(List<Span> batch) throws InterruptedException {
        deliveredNanos = System.nanoTime();
        byte[] bytes = json.encode(batch);
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            Result result = post.send(bytes);
            if (result.fate() == Fate.TAKEN) {
                long refused = Math.min(result.rejected(), batch.size());
                exported.add(batch.size() - refused);
                rejected.add(refused);
                tell(result);
                tellRejected(refused, result.why());
                return;
            }
            tell(result);
            if (result.fate() == Fate.REFUSED || attempt == TRIES || closed) {
                failed.add(batch.size());
                return;
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    /** Once when it begins to fail, and once when it works again. */
    private void tell(Result result) {
        boolean fails = result.fate() != Fate.TAKEN;
        if (fails && !isBroken) {
            LOG.warn("traces are not exported: {}; what is lost is counted", result.why());
        } else if (!fails && isBroken) {
            LOG.info("traces are exported again");
        }
        isBroken = fails;
    }

    /** What is wrong with some spans may be so in each batch: that is told now and then. */
    private void tellRejected(long refused, String why) {
        long now = System.nanoTime();
        if (why.isEmpty() || now - tellFromNanos < 0) {
            return;
        }
        tellFromNanos = now + TELL_EVERY_NANOS;
        LOG.warn("the collector rejected {} of the last spans, {} since the start: {}", refused, rejected(), why);
    }

    /** Sends what is there, for a moment, and ends. */
    @Override
    public void close() {
        closed = true;
        boolean wakes = queue.offer(LAST);
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                LOG.warn("traces of the last calls were not exported in time{}", wakes ? "" : ": the queue is full");
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
