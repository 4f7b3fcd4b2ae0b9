package io.p2pfaas.node.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that run and results that are kept, by id. Results go when they are old, and the oldest first when there are too
 * many or too large ones. Calls that have not ended are never forgotten: the backlog bounds them. Any thread.
 */
final class AsyncResults {
    /** What is known of an id. */
    sealed interface Known {
        /** It has not ended. */
        record Running() implements Known {}

        /** It has. */
        record Ended(AsyncResult result) implements Known {}
    }

    private record Kept(String id, AsyncResult result, long until) {}

    private final LongSupplier clock;
    private final long ttlNanos;
    private final int maxResults;
    private final long maxBytes;

    /** A null is a call that runs. */
    private final Map<String, @Nullable Kept> calls = new HashMap<>();

    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private long bytes;

    AsyncResults(LongSupplier clock, AsyncSetup setup) {
        this.clock = clock;
        this.ttlNanos = setup.resultTtl().toNanos();
        this.maxResults = setup.maxResults();
        this.maxBytes = setup.maxResultBytes();
    }

    /** Notes a call that begins; false if the id is in use. */
    synchronized boolean begin(String id) {
        forgetOld();
        if (calls.containsKey(id)) {
            return false;
        }
        calls.put(id, null);
        return true;
    }

    /** Notes that a call was not taken after all. */
    synchronized void withdraw(String id) {
        calls.remove(id);
    }

    /** Keeps a result. One that is larger than all of them may be is replaced by a sentence that says so. */
    synchronized void end(String id, AsyncResult result) {
        forgetOld();
        AsyncResult kept = result.bytes() <= maxBytes
                ? result
                : result.without("The answer has " + result.bytes() + " bytes, more than results may have together ("
                        + maxBytes + ")");
        while (!oldestFirst.isEmpty() && (oldestFirst.size() >= maxResults || bytes + kept.bytes() > maxBytes)) {
            forgetOldest();
        }
        Kept entry = new Kept(id, kept, clock.getAsLong() + ttlNanos);
        calls.put(id, entry);
        oldestFirst.add(entry);
        bytes += kept.bytes();
    }

    /** Empty if the id is unknown, or forgotten. */
    synchronized Optional<Known> find(String id) {
        forgetOld();
        if (!calls.containsKey(id)) {
            return Optional.empty();
        }
        Kept kept = calls.get(id);
        return Optional.of(kept == null ? new Known.Running() : new Known.Ended(kept.result()));
    }

    private void forgetOld() {
        long now = clock.getAsLong();
        while (!oldestFirst.isEmpty() && oldestFirst.element().until() - now <= 0) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Kept oldest = oldestFirst.remove();
        calls.remove(oldest.id());
        bytes -= oldest.result().bytes();
    }
}
