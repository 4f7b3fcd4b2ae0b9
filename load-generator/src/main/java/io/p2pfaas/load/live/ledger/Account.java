package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.plan.Experiment.Via;
import java.util.List;
import java.util.Map;

/**
 * What a ledger comes to.
 *
 * @param calls sent
 * @param executions begun by functions
 * @param ends of calls, by protocol
 * @param excused what a declared fault explains
 * @param found what nothing explains
 * @param findings the first of them
 * @param faults how often what was broken
 * @param nodes what nodes counted
 */
public record Account(
        long calls,
        long executions,
        long strays,
        Map<Via, Map<Close, Long>> ends,
        Map<Finding.Kind, Long> excused,
        Map<Finding.Kind, Long> found,
        List<Finding> findings,
        Map<Fault, Long> faults,
        List<NodeBook> nodes) {
    /**
     * One node.
     *
     * @param processes how often it was started, as far as it was looked at
     * @param received callers' calls, all processes together, up to the last look at each
     * @param executed executions that it counted, likewise
     * @param begun executions that functions began for it
     * @param inFlight at the last look
     */
    public record NodeBook(String node, int processes, long received, long executed, long begun, long inFlight) {}

    public Account {
        findings = List.copyOf(findings);
        nodes = List.copyOf(nodes);
    }

    /** Whether there is nothing that nothing explains. */
    public boolean isClean() {
        return found.isEmpty();
    }

    /** How many of a kind. */
    public long found(Finding.Kind kind) {
        return found.getOrDefault(kind, 0L);
    }

    /** How many calls ended like this, over all protocols. */
    public long ended(Close close) {
        return ends.values().stream()
                .mapToLong(byClose -> byClose.getOrDefault(close, 0L))
                .sum();
    }
}
