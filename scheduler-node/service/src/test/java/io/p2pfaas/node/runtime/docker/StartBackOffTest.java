package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StartBackOffTest {
    private final StartBackOff backOff = new StartBackOff();

    private static long seconds(double number) {
        return (long) (number * 1e9);
    }

    @Test
    void pauses_double_with_each_failed_start_up_to_half_a_minute() {
        long now = 0;
        for (double pause : new double[] {0.5, 1, 2, 4, 8, 16, 30, 30}) {
            backOff.startFailed(now);
            assertThat(backOff.mayStart(now + seconds(pause) - 1)).isFalse();
            now += seconds(pause);
            assertThat(backOff.mayStart(now)).isTrue();
        }
    }

    @Test
    void one_that_ran_is_replaced_at_once_and_the_next_one_after_a_pause() {
        backOff.crashed(Duration.ofSeconds(1).toNanos(), 0);
        assertThat(backOff.mayStart(0)).isTrue();
        backOff.crashed(Duration.ofSeconds(1).toNanos(), 0);

        assertThat(backOff.mayStart(0)).isFalse();
    }

    @Test
    void a_failure_says_when_it_is_tried_again() {
        backOff.startFailed(0);

        assertThat(backOff.withNextTry(Failure.broken("It ended at once."), 0).text())
                .isEqualTo("It ended at once. It is tried again in 0.5 s.");
        assertThat(backOff.withNextTry(Failure.broken("exit 3"), seconds(0.4)).text())
                .isEqualTo("exit 3. It is tried again in 0.1 s.");
    }
}
