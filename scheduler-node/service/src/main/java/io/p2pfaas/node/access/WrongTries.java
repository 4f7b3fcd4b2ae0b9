package io.p2pfaas.node.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often each address showed wrong passwords or tokens: {@link #AT_ONCE} times at once, then once in
 * {@link #PAUSE_SECONDS} s. The addresses seen last are known; one that is forgotten begins anew. Thread-safe.
 */
final class WrongTries {
    static final int AT_ONCE = 10;
    static final int PAUSE_SECONDS = 6;
    static final int MAX_ADDRESSES = 10_000;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);

    /** When all that an address tried will have been forgiven. */
    private final Map<String, Long> forgivenAtNanos = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** How long {@code from} has to wait before it may try again; 0 = it may now. */
    synchronized int waitSeconds(String from, long nowNanos) {
        Long forgivenAt = forgivenAtNanos.get(from);
        if (forgivenAt == null) {
            return 0;
        }
        long wait = forgivenAt - nowNanos - PAUSE_NANOS * (AT_ONCE - 1);
        long second = TimeUnit.SECONDS.toNanos(1);
        return wait <= 0 ? 0 : Math.toIntExact((wait + second - 1) / second);
    }

    /** It tried, in vain. */
    synchronized void tried(String from, long nowNanos) {
        Long before = forgivenAtNanos.get(from);
        long begin = before == null || before - nowNanos < 0 ? nowNanos : before;
        forgivenAtNanos.put(from, begin + PAUSE_NANOS);
    }

    synchronized int addresses() {
        return forgivenAtNanos.size();
    }
}
