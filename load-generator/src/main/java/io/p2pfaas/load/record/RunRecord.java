package io.p2pfaas.load.record;

import java.time.Duration;

/**
 * What a finished run left behind.
 *
 * @param warmup calls due in the warm-up
 * @param measured calls due after it: the ones that count
 * @param measuredFor how much of the planned measurement took place
 * @param endedEarly whether somebody stopped the run
 */
public record RunRecord(Tally warmup, Tally measured, Duration measuredFor, boolean endedEarly) {
    /** Both accounting identities. */
    public boolean isBalanced() {
        return warmup.isBalanced() && measured.isBalanced();
    }

    /** Whether calls were sent, and not one of them got through. */
    public boolean isAllConnectionErrors() {
        long sent = warmup.sent() + measured.sent();
        return sent > 0 && sent == warmup.ended(EndState.CONNECTION_ERROR) + measured.ended(EndState.CONNECTION_ERROR);
    }
}
