package io.p2pfaas.node.call;

import java.util.Optional;

/**
 * What one caller may do on one node.
 *
 * @param rate the usual pace; absent = any
 * @param burst calls that may come at once within the rate
 * @param quota what may not be exceeded in a longer time; absent = none
 * @param maxInFlight calls that have not ended; 0 = any number
 */
public record CallerLimit(Optional<Allowance> rate, int burst, Optional<Allowance> quota, int maxInFlight) {
    /** No limit. */
    public static final CallerLimit NONE = new CallerLimit(Optional.empty(), 1, Optional.empty(), 0);

    public CallerLimit {
        if (burst < 1 || maxInFlight < 0) {
            throw new IllegalArgumentException("burst " + burst + ", in flight " + maxInFlight);
        }
    }

    /** What so many callers may do together. */
    public CallerLimit times(int callers) {
        return new CallerLimit(
                rate.map(one -> one.times(callers)),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) burst * callers)),
                quota.map(one -> one.times(callers)),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) maxInFlight * callers)));
    }

    /** Whether there is any limit. */
    public boolean isSet() {
        return rate.isPresent() || quota.isPresent() || maxInFlight > 0;
    }
}
