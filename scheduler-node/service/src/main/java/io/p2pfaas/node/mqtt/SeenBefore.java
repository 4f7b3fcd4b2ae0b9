package io.p2pfaas.node.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last few thousand keys, so that a publish that QoS 1 delivers twice is taken once. Not thread-safe. */
final class SeenBefore<K> {
    private final Map<K, Boolean> seen;

    SeenBefore(int capacity) {
        this.seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** False if the key was there already. */
    boolean isNew(K key) {
        return seen.put(key, Boolean.TRUE) == null;
    }
}
