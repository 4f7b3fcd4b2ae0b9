package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Times in units that could be nanoseconds: heartbeat 1000, gap at least 20. */
final class SampleClockTest {
    private final SampleClock clock = new SampleClock(1_000, 20);

    private long due(int peers) {
        return clock.dueNanos(peers, true);
    }

    @Test
    void the_first_sample_is_due_at_once() {
        assertThat(due(0)).isLessThanOrEqualTo(-5_000);
    }

    @Test
    void without_a_change_only_the_heartbeat_is_due_with_a_tenth_of_jitter() {
        clock.sent(0, 0);
        assertThat(due(0)).isEqualTo(900);
        clock.sent(0, 0.5);
        assertThat(due(0)).isEqualTo(1_000);
        clock.sent(0, 1);
        assertThat(due(0)).isEqualTo(1_100);
    }

    @Test
    void a_change_is_due_after_the_least_gap() {
        clock.sent(100, 0.5);
        clock.changed();
        assertThat(due(0)).isEqualTo(120);
        assertThat(clock.dueNanos(0, false)).isEqualTo(1_100);
    }

    @Test
    void long_executions_widen_the_gap() {
        clock.executed(200);
        clock.sent(0, 0.5);
        clock.changed();
        assertThat(due(0)).isEqualTo(60);
    }

    @Test
    void many_peers_and_few_calls_widen_the_gap() {
        clock.arrival(0);
        clock.arrival(40);
        clock.sent(100, 0.5);
        clock.changed();
        assertThat(due(8)).isEqualTo(180);
    }

    @Test
    void the_gap_is_never_longer_than_a_third_of_a_heartbeat() {
        clock.executed(1_000_000);
        clock.sent(0, 0.5);
        clock.changed();
        assertThat(due(10_000)).isEqualTo(333);
    }
}
