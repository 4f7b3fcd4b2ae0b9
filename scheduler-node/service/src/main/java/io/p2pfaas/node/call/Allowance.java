package io.p2pfaas.node.call;

import java.time.Duration;

/** So many calls in such a time, and no more. */
public record Allowance(int calls, Duration per) {
    public Allowance {
        if (calls < 1 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("no call is allowed: " + calls + " in " + per);
        }
    }

    Allowance times(int callers) {
        return new Allowance(Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) calls * callers)), per);
    }
}
