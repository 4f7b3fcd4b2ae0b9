package io.p2pfaas.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class IntervalTest {
    @Test
    void five_values_give_the_interval_of_student_s_t_with_four_degrees_of_freedom() {
        Interval interval = Interval.of(1, 2, 3, 4, 5);

        // t(0.975, 4) = 2.776445, standard error = sqrt(2.5 / 5).
        assertThat(interval.mean()).isEqualTo(3);
        assertThat(interval.halfWidth()).isCloseTo(2.776445 * Math.sqrt(0.5), Offset.offset(1e-5));
        assertThat(interval.repetitions()).isEqualTo(5);
    }

    @Test
    void one_value_says_nothing_of_how_far_it_may_be_off() {
        assertThat(Interval.of(7).mean()).isEqualTo(7);
        assertThat(Interval.of(7).halfWidth()).isNaN();
        assertThat(Interval.of(7).overlaps(Interval.of(7, 7))).isFalse();
        assertThatThrownBy(Interval::of).hasMessageContaining("at least one");
    }

    @Test
    void intervals_with_values_in_common_overlap() {
        assertThat(new Interval(1, 0.5, 3).overlaps(new Interval(1.9, 0.5, 3))).isTrue();
        assertThat(new Interval(1, 0.5, 3).overlaps(new Interval(2.1, 0.5, 3))).isFalse();
    }
}
