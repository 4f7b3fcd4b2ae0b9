package io.p2pfaas.core.node;

import io.p2pfaas.core.policy.DecisionKind;
import java.util.EnumMap;
import java.util.Map;

/** What a shadow would have decided beside what was decided, since it became the shadow. */
public final class ShadowCounts {
    private final Map<DecisionKind, Map<DecisionKind, Long>> counts = new EnumMap<>(DecisionKind.class);
    long samePeer;
    long fromSamples;

    ShadowCounts() {
        for (DecisionKind real : DecisionKind.values()) {
            counts.put(real, new EnumMap<>(DecisionKind.class));
        }
    }

    private Map<DecisionKind, Long> row(DecisionKind real) {
        Map<DecisionKind, Long> row = counts.get(real);
        if (row == null) {
            throw new IllegalStateException("no row for " + real);
        }
        return row;
    }

    void count(DecisionKind real, DecisionKind shadow) {
        row(real).merge(shadow, 1L, Long::sum);
    }

    void reset() {
        counts.values().forEach(Map::clear);
        samePeer = 0;
        fromSamples = 0;
    }

    ShadowCounts copy() {
        ShadowCounts copy = new ShadowCounts();
        counts.forEach((real, row) -> copy.row(real).putAll(row));
        copy.samePeer = samePeer;
        copy.fromSamples = fromSamples;
        return copy;
    }

    /** Decisions of the kind {@code real} where the shadow would have decided {@code shadow}. */
    public long of(DecisionKind real, DecisionKind shadow) {
        return row(real).getOrDefault(shadow, 0L);
    }

    /** Decisions that the shadow was asked about. */
    public long asked() {
        long all = 0;
        for (Map<DecisionKind, Long> row : counts.values()) {
            for (long count : row.values()) {
                all += count;
            }
        }
        return all;
    }

    /** Forwards where both chose the same peer; among those counted as forward beside forward. */
    public long samePeer() {
        return samePeer;
    }

    /** Times that the shadow wanted to probe and was asked again with the fresh samples of those peers instead. */
    public long fromSamples() {
        return fromSamples;
    }
}
