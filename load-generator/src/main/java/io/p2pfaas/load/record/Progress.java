package io.p2pfaas.load.record;

/**
 * How far a run is, warm-up included.
 *
 * @param elapsedNanos since the start of the run
 * @param due calls that came due
 * @param failed ended neither as 2xx nor rejected
 */
public record Progress(long elapsedNanos, long due, long ok, long rejected, long failed, int inFlight) {}
