package io.p2pfaas.load.sim;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** How often each value of an enum was seen. */
final class EnumCounts<E extends Enum<E>> {
    private final Map<E, long[]> counts;

    EnumCounts(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            counts.put(value, new long[1]);
        }
    }

    void count(E value) {
        long[] count = counts.get(value);
        if (count != null) {
            count[0]++;
        }
    }

    /** How often it was seen. */
    long of(E value) {
        long[] count = counts.get(value);
        return count == null ? 0 : count[0];
    }

    /** Starts from zero. */
    void reset() {
        counts.values().forEach(count -> count[0] = 0);
    }

    /** Those that were seen, in the order of the enum. */
    <K> Map<K, Long> seen(Function<E, K> key) {
        Map<K, Long> seen = new LinkedHashMap<>();
        counts.forEach((value, count) -> {
            if (count[0] > 0) {
                seen.put(key.apply(value), count[0]);
            }
        });
        return seen;
    }
}
