package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which callers' calls were here within the last while, and what they were answered: QoS 1 may deliver a call twice, and
 * a device that saw no answer sends it again. A repeat is not run again; it gets the stored answer. Bounded in number,
 * age and bytes; the oldest go first. Thread-safe.
 */
final class AnsweredCalls {
    private static final int MAX_CALLS = 10_000;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final class Entry {
        final long sinceNanos;

        @Nullable
        WireMessage answer;

        Entry(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }

        long bytes() {
            WireMessage stored = answer;
            return stored == null ? 0 : stored.bytes();
        }
    }

    /** What is known of a call. */
    record Known(boolean isNew, @Nullable WireMessage answer) {}

    private final long windowNanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    AnsweredCalls(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** Notes that the call came. */
    synchronized Known came(String key, long nowNanos) {
        forgetOld(nowNanos);
        Entry entry = entries.get(key);
        if (entry != null) {
            return new Known(false, entry.answer);
        }
        entries.put(key, new Entry(nowNanos));
        return new Known(true, null);
    }

    /** Keeps the answer for repeats; a large one is not kept, and a repeat of its call is just dropped. */
    synchronized void answered(String key, WireMessage answer) {
        Entry entry = entries.get(key);
        if (entry != null && entry.answer == null && answer.bytes() <= MAX_ANSWER_BYTES) {
            entry.answer = answer;
            bytes += entry.bytes();
        }
    }

    /** A refused call may be sent again and then be taken. */
    synchronized void forget(String key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.bytes();
        }
    }

    private void forgetOld(long nowNanos) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            boolean tooMuch = entries.size() >= MAX_CALLS || bytes > MAX_BYTES;
            if (!tooMuch && nowNanos - entry.sinceNanos < windowNanos) {
                return;
            }
            oldest.remove();
            bytes -= entry.bytes();
        }
    }
}
