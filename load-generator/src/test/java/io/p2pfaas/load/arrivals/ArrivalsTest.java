package io.p2pfaas.load.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrivalsTest {
    private static final int GAPS = 20_000;

    /** Critical value of the Kolmogorov-Smirnov statistic times sqrt(n), at a significance of 0.01. */
    private static final double CRITICAL = 1.628;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 20261123})
    void gaps_of_poisson_arrivals_are_exponential(long seed) {
        assertThat(distanceFromExponential(new Poisson(200), 200, seed)).isLessThan(CRITICAL);
    }

    @Test
    void the_test_of_the_gaps_can_fail() {
        assertThat(distanceFromExponential(new Deterministic(200), 200, 1)).isGreaterThan(CRITICAL);
        // The original's arrivals were five percent slow; so much would be seen.
        assertThat(distanceFromExponential(new Poisson(190), 200, 1)).isGreaterThan(CRITICAL);
    }

    private static double distanceFromExponential(ArrivalProcess arrivals, double rate, long seed) {
        PrimitiveIterator.OfLong instants = arrivals.instantsNanos(
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        double[] gaps = new double[GAPS];
        long previous = 0;
        for (int i = 0; i < GAPS; i++) {
            long instant = instants.nextLong();
            gaps[i] = (instant - previous) / 1e9;
            previous = instant;
        }
        Arrays.sort(gaps);
        double distance = 0;
        for (int i = 0; i < GAPS; i++) {
            double expected = -Math.expm1(-rate * gaps[i]);
            distance = Math.max(distance, Math.max(expected - (double) i / GAPS, (double) (i + 1) / GAPS - expected));
        }
        return distance * Math.sqrt(GAPS);
    }

    @Test
    void the_same_seed_gives_the_same_schedule() {
        Schedule first = Schedule.draw(new Poisson(500), Duration.ofSeconds(10), 7);
        assertThat(Schedule.draw(new Poisson(500), Duration.ofSeconds(10), 7))
                .isEqualTo(first)
                .hasSameHashCodeAs(first);
        assertThat(Schedule.draw(new Poisson(500), Duration.ofSeconds(10), 8)).isNotEqualTo(first);
    }

    /** Written down from a run on JDK 17: another machine or JDK must draw the same. */
    @Test
    void a_schedule_is_the_same_on_every_jdk() {
        Schedule schedule = Schedule.draw(new Poisson(100), Duration.ofSeconds(1), 1);
        assertThat(schedule.size()).isEqualTo(88);
        assertThat(schedule.dueNanos(0)).isEqualTo(23502290);
        assertThat(schedule.dueNanos(schedule.size() - 1)).isEqualTo(965948607);
    }

    @Test
    void instants_never_decrease_and_stay_within_the_length() {
        Schedule schedule = Schedule.draw(new Poisson(10_000), Duration.ofSeconds(2), 3);
        assertThat(schedule.size()).isBetween(19_000, 21_000);
        for (int i = 1; i < schedule.size(); i++) {
            assertThat(schedule.dueNanos(i)).isGreaterThanOrEqualTo(schedule.dueNanos(i - 1));
        }
        assertThat(schedule.dueNanos(schedule.size() - 1)).isLessThan(2_000_000_000L);
    }

    @Test
    void a_metronome_starts_at_once_and_does_not_drift() {
        Schedule schedule = Schedule.draw(new Deterministic(3), Duration.ofHours(10), 1);
        assertThat(schedule.size()).isEqualTo(3 * 36_000);
        assertThat(schedule.dueNanos(0)).isZero();
        assertThat(schedule.dueNanos(1)).isEqualTo(333_333_333);
        assertThat(schedule.dueNanos(3 * 35_999)).isEqualTo(35_999_000_000_000L);
    }

    @Test
    void an_endless_or_impossible_schedule_is_refused() {
        assertThatThrownBy(() -> Schedule.draw(new Deterministic(1e6), Duration.ofMinutes(1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000000 calls");
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Poisson(rate)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Deterministic(rate)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
