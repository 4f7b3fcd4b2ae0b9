package io.p2pfaas.load.arrivals;

/** What every rate must satisfy. */
final class Rate {
    static final double NANOS_PER_SECOND = 1e9;

    private Rate() {}

    static void check(double perSecond) {
        if (!(perSecond > 0 && perSecond <= NANOS_PER_SECOND)) {
            throw new IllegalArgumentException("the rate must be above 0 and at most 1e9 per second: " + perSecond);
        }
    }
}
