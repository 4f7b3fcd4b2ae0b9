package io.p2pfaas.node.runtime.docker;

/**
 * How a function's instances are kept.
 *
 * @param min how many there are when nobody says otherwise
 * @param max never more
 * @param toZero whether even the last one is ended when it is idle
 * @param concurrency calls that one instance runs at once; 0 = as many as come
 * @param pauseAfterNanos idle for so long, an instance is frozen; 0 = never
 * @param stopAfterNanos idle for so long, an instance that is not needed is ended
 * @param drainNanos how long calls may go on in an instance that is to be ended
 */
record PoolRules(
        int min, int max, boolean toZero, int concurrency, long pauseAfterNanos, long stopAfterNanos, long drainNanos) {
    PoolRules {
        if (max < 1 || min < 0 || min > max) {
            throw new IllegalArgumentException("not a number of instances: min " + min + ", max " + max);
        }
        if (concurrency < 0) {
            throw new IllegalArgumentException("concurrency must not be negative: " + concurrency);
        }
    }
}
