package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.plan.Experiment.Via;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts, and the first findings in full. */
final class Tallies {
    /** A run that is this bad is understood from the first ones. */
    private static final int KEPT = 1000;

    private final Map<Via, Map<Close, Long>> ends = new EnumMap<>(Via.class);
    private final Map<Finding.Kind, Long> excused = new EnumMap<>(Finding.Kind.class);
    private final Map<Finding.Kind, Long> found = new EnumMap<>(Finding.Kind.class);
    private final List<Finding> findings = new ArrayList<>();

    void ended(Via via, Close close) {
        ends.computeIfAbsent(via, unused -> new EnumMap<>(Close.class)).merge(close, 1L, Long::sum);
    }

    void excused(Finding.Kind kind) {
        excused.merge(kind, 1L, Long::sum);
    }

    void find(Finding finding) {
        found.merge(finding.kind(), 1L, Long::sum);
        if (findings.size() < KEPT) {
            findings.add(finding);
        }
    }

    Map<Via, Map<Close, Long>> ends() {
        return ends;
    }

    Map<Finding.Kind, Long> excused() {
        return excused;
    }

    Map<Finding.Kind, Long> found() {
        return found;
    }

    List<Finding> findings() {
        return findings;
    }
}
