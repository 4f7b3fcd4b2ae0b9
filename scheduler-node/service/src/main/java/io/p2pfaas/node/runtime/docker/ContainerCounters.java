package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import java.util.concurrent.atomic.LongAdder;

/** What has happened to the containers of this node since it started. Thread-safe; times are sums of nanoseconds. */
public final class ContainerCounters {
    final LongAdder coldStarts = new LongAdder();
    final LongAdder failedStarts = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder unpauses = new LongAdder();
    final LongAdder crashes = new LongAdder();
    final LongAdder outOfMemory = new LongAdder();
    final LongAdder removals = new LongAdder();
    final LongAdder adoptions = new LongAdder();
    final LongAdder createNanos = new LongAdder();
    final LongAdder startNanos = new LongAdder();
    final LongAdder readyNanos = new LongAdder();
    private volatile Listener listener = (function, nanos) -> {};
    private volatile ColdStart last = new ColdStart(0, 0, 0);

    /** How long the parts of a cold start took. */
    public record ColdStart(long createNanos, long startNanos, long readyNanos) {}

    /** Is told of each cold start, on the thread that saw the instance ready. */
    @FunctionalInterface
    public interface Listener {
        void coldStart(FunctionName function, long nanos);
    }

    /** Whom to tell of cold starts from now on. */
    public void listen(Listener newListener) {
        listener = newListener;
    }

    void coldStart(FunctionName function, ColdStart parts) {
        coldStarts.increment();
        createNanos.add(parts.createNanos());
        startNanos.add(parts.startNanos());
        readyNanos.add(parts.readyNanos());
        last = parts;
        listener.coldStart(function, parts.createNanos() + parts.startNanos() + parts.readyNanos());
    }

    /** Instances that were made and took calls. */
    public long coldStarts() {
        return coldStarts.sum();
    }

    /** Instances that never took calls. */
    public long failedStarts() {
        return failedStarts.sum();
    }

    public long pauses() {
        return pauses.sum();
    }

    public long unpauses() {
        return unpauses.sum();
    }

    /** Instances that ended by themselves after they took calls; those out of memory included. */
    public long crashes() {
        return crashes.sum();
    }

    /** How often something in a container was killed for want of memory. */
    public long outOfMemory() {
        return outOfMemory.sum();
    }

    /** Instances that were ended here. */
    public long removals() {
        return removals.sum();
    }

    /** Instances taken over from before a restart. */
    public long adoptions() {
        return adoptions.sum();
    }

    /** How long all cold starts spent making containers. */
    public long createNanos() {
        return createNanos.sum();
    }

    /** How long all cold starts spent starting containers. */
    public long startNanos() {
        return startNanos.sum();
    }

    /** How long all cold starts spent until calls were taken. */
    public long readyNanos() {
        return readyNanos.sum();
    }

    /** The newest cold start; zeros before the first. */
    public ColdStart last() {
        return last;
    }
}
