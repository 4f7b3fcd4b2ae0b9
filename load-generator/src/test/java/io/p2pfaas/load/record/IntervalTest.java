package io.p2pfaas.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class IntervalTest {
    @Test
    void the_half_width_is_students() {
        // Mean 3, standard deviation 1.5811, standard error .7071; t(.975, 4) = 2.7764 in every table.
        Interval interval = Interval.of(1, 2, 3, 4, 5);

        assertThat(interval.mean()).isEqualTo(3, within(1e-12));
        assertThat(interval.halfWidth()).isEqualTo(2.776445 * Math.sqrt(0.5), within(1e-5));
        assertThat(interval.low()).isEqualTo(3 - interval.halfWidth(), within(1e-12));
        assertThat(interval.high()).isEqualTo(3 + interval.halfWidth(), within(1e-12));
        assertThat(interval.n()).isEqualTo(5);
    }

    @Test
    void quantiles_are_those_of_the_tables() {
        assertThat(Interval.quantile(1)).isEqualTo(12.7062, within(1e-4));
        assertThat(Interval.quantile(9)).isEqualTo(2.2622, within(1e-4));
        assertThat(Interval.quantile(1e9)).isEqualTo(1.95996, within(1e-4));
    }

    @Test
    void one_sample_tells_nothing_of_the_spread() {
        assertThat(Interval.of(7).mean()).isEqualTo(7);
        assertThat(Interval.of(7).halfWidth()).isNaN();
        assertThat(Interval.of().mean()).isNaN();
        assertThat(Interval.of().n()).isZero();
    }

    @Test
    void equal_samples_have_no_spread() {
        assertThat(Interval.of(2, 2, 2)).isEqualTo(new Interval(2, 0, 3));
    }
}
