package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServiceTimesTest {
    private static final long MS = 1_000_000;

    @Test
    void rates_and_percentiles_follow_from_the_times() {
        ServiceTimes times =
                new ServiceTimes(List.of(40 * MS, 10 * MS, 20 * MS, 30 * MS), Map.of("status 500", 1L), 2, 50 * MS);
        assertThat(times.meanNanos()).isEqualTo(25.0 * MS);
        assertThat(times.ratePerSlot()).isEqualTo(40.0);
        assertThat(times.throughput()).isEqualTo(80.0);
        assertThat(times.percentileNanos(50)).isEqualTo(20 * MS);
        assertThat(times.percentileNanos(51)).isEqualTo(30 * MS);
        assertThat(times.percentileNanos(100)).isEqualTo(40 * MS);
        // Deviations of 15, 15, 5 and 5 ms: the root of 500/3, over 25.
        assertThat(times.variation()).isBetween(0.516, 0.517);
    }

    @Test
    void without_calls_there_is_nothing_to_say() {
        ServiceTimes none = new ServiceTimes(List.of(), Map.of(), 1, 1);
        assertThat(none.meanNanos()).isNaN();
        assertThat(none.percentileNanos(99)).isZero();
        assertThat(none.variation()).isNaN();
    }
}
