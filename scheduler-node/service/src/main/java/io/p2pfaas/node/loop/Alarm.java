package io.p2pfaas.node.loop;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the brain when it asked to be woken: one thread that sleeps until the earliest wish. */
final class Alarm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier clock;
    private final Runnable ring;
    private final AtomicLong nextNanos = new AtomicLong(NEVER);
    private final Thread thread;
    private volatile boolean closed;

    Alarm(LongSupplier clock, Runnable ring) {
        this.clock = clock;
        this.ring = ring;
        this.thread = new Thread(this::run, "p2pfaas-alarm");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Rings at this time or before; an earlier wish stands. */
    void at(long atNanos) {
        long before = nextNanos.getAndAccumulate(atNanos, Math::min);
        if (atNanos < before) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            long next = nextNanos.get();
            long wait = next == NEVER ? NEVER : next - clock.getAsLong();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            nextNanos.set(NEVER);
            try {
                ring.run();
            } catch (RuntimeException | Error unexpected) {
                // Without its alarm the node would miss every deadline from here on.
                LOG.error("waking the node failed", unexpected);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
