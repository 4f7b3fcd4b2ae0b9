package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.ledger.Account;
import io.p2pfaas.load.live.ledger.Fault;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a chaos run came to.
 *
 * @param recoveries one for each fault
 * @param vitals of the nodes that lived through it all, by id: after the warm-up, and at the end
 * @param problems what the run itself could not do
 */
public record ChaosResult(
        Account account, List<Recovery> recoveries, Map<String, Trend> vitals, List<String> problems) {
    /** Of one node. */
    public record Trend(Vitals before, Vitals after) {
        /** Whether nothing grew. */
        public boolean isFlat() {
            return after.isFlatSince(before);
        }
    }

    /** Whether calls, nodes and the run itself are as they should be. */
    public boolean isClean() {
        return account.isClean()
                && problems.isEmpty()
                && !vitals.isEmpty()
                && vitals.values().stream().allMatch(Trend::isFlat);
    }

    /** The longest of a kind of fault, in nanoseconds; 0 if there was none. */
    public long longest(Fault fault, ToLongFunction<Recovery> what) {
        return recoveries.stream()
                .filter(recovery -> recovery.fault() == fault)
                .mapToLong(what)
                .max()
                .orElse(0);
    }
}
