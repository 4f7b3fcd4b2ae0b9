package io.p2pfaas.node.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What went wrong between a node and its broker, for those who look for a reason. Bounded, thread-safe. */
public final class LinkTrouble {
    private static final int MAX_REFUSED = 32;
    private static final int MAX_LOSSES = 16;
    private static final long RECENT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private final Map<String, String> refusedFilters = new LinkedHashMap<>();
    private final Map<String, Long> refusedTopics = new LinkedHashMap<>();
    private final Deque<Long> losses = new ArrayDeque<>();
    private @Nullable Failure failure;
    private int takeovers;
    private long takeoverNanos;

    /**
     * A connection that could not be made, or that was lost.
     *
     * @param reason in words
     */
    public record Failure(String broker, String reason, boolean wasUp, long atNanos) {}

    /**
     * All that is known.
     *
     * @param failure the last one, also if there is a connection again
     * @param lossesLastMinute connections that were lost, at most sixteen
     * @param takeovers times that the broker gave the connection to another client of this node's name
     * @param takeoverNanos when that was for the last time
     * @param refusedFilters what may not be heard on this connection, and the broker's reason
     * @param refusedTopics on what may not be published on this connection, and how often that was tried
     */
    public record Seen(
            Optional<Failure> failure,
            int lossesLastMinute,
            int takeovers,
            long takeoverNanos,
            Map<String, String> refusedFilters,
            Map<String, Long> refusedTopics) {}

    LinkTrouble(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void connected() {
        refusedFilters.clear();
        refusedTopics.clear();
    }

    synchronized void failed(String broker, String reason, boolean wasUp) {
        long now = clock.getAsLong();
        failure = new Failure(broker, reason, wasUp, now);
        if (wasUp) {
            if (losses.size() == MAX_LOSSES) {
                losses.removeFirst();
            }
            losses.addLast(now);
        }
    }

    synchronized void takenOver() {
        takeovers++;
        takeoverNanos = clock.getAsLong();
    }

    /** @param reasons for each filter, in order; empty where the broker took it */
    synchronized void subscriptionAnswered(List<String> filters, List<String> reasons) {
        for (int i = 0; i < Math.min(filters.size(), reasons.size()); i++) {
            if (reasons.get(i).isEmpty()) {
                refusedFilters.remove(filters.get(i));
            } else if (refusedFilters.size() < MAX_REFUSED) {
                refusedFilters.put(filters.get(i), reasons.get(i));
            }
        }
    }

    synchronized void publishRefused(String topic) {
        if (refusedTopics.size() < MAX_REFUSED || refusedTopics.containsKey(topic)) {
            refusedTopics.merge(topic, 1L, Long::sum);
        }
    }

    /** All that is known now. */
    public synchronized Seen seen() {
        long now = clock.getAsLong();
        return new Seen(
                Optional.ofNullable(failure),
                (int) losses.stream().filter(at -> now - at < RECENT_NANOS).count(),
                takeovers,
                takeoverNanos,
                new LinkedHashMap<>(refusedFilters),
                new LinkedHashMap<>(refusedTopics));
    }
}
