package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays in touch with the engine, on a thread of its own: listens to its news, and when it is lost tries again after a
 * pause that grows from 0.2 s to 5 s, shortened by chance so that many nodes do not come at once.
 */
final class EngineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);
    private static final long SHORTEST_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Engine engine;
    private final String owner;
    private final Desk desk;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "containers-watch");

    EngineWatch(Engine engine, String owner, Desk desk) {
        this.engine = engine;
        this.owner = owner;
        this.desk = desk;
        thread.setDaemon(true);
    }

    /** Hears of the engine, on the watch's thread. */
    interface Desk extends Engine.Watcher {
        /** It answers, and its news are listened to. */
        void there() throws EngineException;

        /** It does not answer. */
        void absent();
    }

    /** Once is enough. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            thread.start();
        }
    }

    private void run() {
        long pauseNanos = SHORTEST_NANOS;
        boolean told = false;
        while (!isClosed()) {
            Watching watching = new Watching();
            LogStream news = null;
            try {
                news = engine.watch(Labels.OWNER, owner, watching);
                // Listening comes before looking: what ends in between is heard of twice rather than never.
                desk.there();
                LOG.info("engine_there owner={}", owner);
                pauseNanos = SHORTEST_NANOS;
                told = false;
                watching.awaitEnd();
            } catch (EngineException e) {
                LOG.debug("engine_absent", e);
                if (!told && !isClosed()) {
                    LOG.warn("engine_absent owner={} why=\"{}\"", owner, e.getMessage());
                    told = true;
                }
            } catch (RuntimeException e) {
                LOG.error("engine_watch_failed", e);
            } finally {
                if (news != null) {
                    news.close();
                }
            }
            if (!isClosed()) {
                desk.absent();
                rest(pauseNanos);
                pauseNanos = Math.min(LONGEST_NANOS, pauseNanos * 2);
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void rest(long nanos) {
        try {
            if (closed.await(ThreadLocalRandom.current().nextLong(nanos / 2, nanos), TimeUnit.NANOSECONDS)) {
                LOG.debug("engine_watch_closed");
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    /** One connection's news. */
    private final class Watching implements Engine.Watcher {
        private final CountDownLatch ended = new CountDownLatch(1);

        void awaitEnd() {
            try {
                ended.await();
            } catch (InterruptedException e) {
                closed.countDown();
            }
        }

        @Override
        public void died(String id, int exitCode) {
            desk.died(id, exitCode);
        }

        @Override
        public void outOfMemory(String id) {
            desk.outOfMemory(id);
        }

        @Override
        public void lost() {
            desk.lost();
            ended.countDown();
        }
    }
}
