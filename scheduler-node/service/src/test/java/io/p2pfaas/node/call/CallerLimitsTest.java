package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallerLimitsTest {
    private static final long SECOND = 1_000_000_000L;
    /** Monotonic clocks may be negative. */
    private static final long START = -5 * SECOND;

    private static CallerLimits limits(int perSecond, int burst, int perHour, int inFlight) {
        return new CallerLimits(new CallerLimit(
                perSecond == 0 ? Optional.empty() : Optional.of(new Allowance(perSecond, Duration.ofSeconds(1))),
                burst,
                perHour == 0 ? Optional.empty() : Optional.of(new Allowance(perHour, Duration.ofHours(1))),
                inFlight));
    }

    private static int taken(CallerLimits limits, String device, int calls, long now) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            taken += limits.came(device, now).exceeded() == null ? 1 : 0;
        }
        return taken;
    }

    @Test
    void a_burst_may_come_at_once_and_then_the_pace_holds() {
        CallerLimits limits = limits(2, 3, 0, 0);

        assertThat(taken(limits, "a", 10, START)).isEqualTo(3);
        assertThat(taken(limits, "a", 10, START + SECOND / 2 - 1)).isZero();
        assertThat(taken(limits, "a", 10, START + SECOND / 2)).isEqualTo(1);
        assertThat(taken(limits, "a", 10, START + 3600 * SECOND)).isEqualTo(3);
    }

    @Test
    void the_refusal_says_which_limit_and_when_to_try_again() {
        CallerLimits limits = limits(1, 1, 2, 0);

        assertThat(taken(limits, "a", 1, START)).isEqualTo(1);
        CallerLimits.Admission tooFast = limits.came("a", START);
        assertThat(tooFast.exceeded()).isEqualTo(CallerLimits.Limit.RATE);
        assertThat(tooFast.retryAfterSeconds()).isEqualTo(1);
        assertThat(taken(limits, "a", 1, START + SECOND)).isEqualTo(1);
        CallerLimits.Admission usedUp = limits.came("a", START + 100 * SECOND);
        assertThat(usedUp.exceeded()).isEqualTo(CallerLimits.Limit.QUOTA);
        assertThat(usedUp.retryAfterSeconds()).isEqualTo(3500);
        assertThat(taken(limits, "a", 1, START + 3600 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_call_that_ended_makes_room_and_each_device_has_its_own() {
        CallerLimits limits = limits(0, 1, 0, 1);

        CallerLimits.Admission first = limits.came("a", START);
        assertThat(limits.came("a", START).exceeded()).isEqualTo(CallerLimits.Limit.IN_FLIGHT);
        assertThat(limits.came("b", START).exceeded()).isNull();
        first.ended().run();
        assertThat(limits.came("a", START).exceeded()).isNull();
    }

    @Test
    void only_so_many_devices_are_remembered() {
        CallerLimits limits = limits(1, 1, 0, 0);

        assertThat(taken(limits, "a", 2, START)).isEqualTo(1);
        for (int i = 0; i < CallerLimits.MAX_CALLERS; i++) {
            limits.came("other" + i, START);
        }
        assertThat(taken(limits, "a", 2, START))
                .as("forgotten, so it begins anew")
                .isEqualTo(1);
    }

    @Test
    void a_large_burst_at_a_slow_pace_does_not_overflow() {
        CallerLimits limits = new CallerLimits(
                new CallerLimit(Optional.of(new Allowance(1, Duration.ofDays(1))), 1_000_000, Optional.empty(), 0));

        assertThat(taken(limits, "a", 1000, START)).isEqualTo(1000);
    }
}
