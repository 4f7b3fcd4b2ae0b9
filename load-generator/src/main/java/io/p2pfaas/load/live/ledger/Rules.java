package io.p2pfaas.load.live.ledger;

import java.time.Duration;

/**
 * How a ledger judges.
 *
 * @param tolerance how much later than its budget a call may begin: the way between caller, node and function
 * @param grace how long after it was mended a fault still explains what happened
 * @param horizon a call is judged when it was sent this long ago; everything about it must have happened by then
 */
public record Rules(Duration tolerance, Duration grace, Duration horizon) {
    /** Those of {@code lab chaos}. */
    public static final Rules USUAL = new Rules(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(120));
}
