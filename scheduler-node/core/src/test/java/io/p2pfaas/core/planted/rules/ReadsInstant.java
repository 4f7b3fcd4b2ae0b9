package io.p2pfaas.core.planted.rules;

import java.time.Clock;
import java.time.Instant;

public final class ReadsInstant {
    public Instant now(Clock clock) {
        return clock.instant();
    }
}
