package io.p2pfaas.node.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** What changed on this node and around it, the last hundred of it. Thread-safe. */
public final class EventLog {
    static final int CAPACITY = 100;
    private static final int MAX_TEXT = 200;

    private final LongSupplier clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * One of them.
     *
     * @param atNanos on the node's monotonic clock
     * @param kind lower case with underscores, of a fixed set
     */
    public record Entry(long atNanos, String kind, String text) {}

    public EventLog(LongSupplier clock) {
        this.clock = clock;
    }

    /** Something happened now. */
    public synchronized void add(String kind, String text) {
        if (entries.size() == CAPACITY) {
            entries.removeLast();
        }
        String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
        entries.addFirst(new Entry(clock.getAsLong(), kind, shown));
    }

    /** The newest first. */
    public synchronized List<Entry> newest() {
        return new ArrayList<>(entries);
    }
}
