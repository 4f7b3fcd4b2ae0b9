package io.p2pfaas.core.learn;

import java.util.TreeMap;

/**
 * Which call the learner decided about before which. Calls that it is not asked about (bypass, another algorithm, a
 * function that is not here) take a number too; what they leave behind is no gap to wait for.
 */
final class CallOrder {
    static final int MAX_STEPS = 10_000;
    static final long NONE = -1;

    /** By eid, the one decided before it; only where that is not simply one less. */
    private final TreeMap<Long, Long> steps = new TreeMap<>();

    private long last = NONE;

    void decided(long eid) {
        if (last != NONE && eid > last + 1) {
            steps.put(eid, last);
            if (steps.size() > MAX_STEPS) {
                steps.pollFirstEntry();
            }
        }
        last = Math.max(last, eid);
    }

    /** The highest number of a call that was decided about; {@link #NONE} before the first. */
    long highest() {
        return last;
    }

    /** Whether no decision lay between the two. */
    boolean follows(long before, long eid) {
        return eid == before + 1 || steps.getOrDefault(eid, NONE) == before;
    }

    void forgetUpTo(long eid) {
        if (!steps.isEmpty()) {
            steps.headMap(eid, true).clear();
        }
    }
}
