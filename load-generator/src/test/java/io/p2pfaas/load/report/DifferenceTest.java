package io.p2pfaas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DifferenceTest {
    @Test
    void welch_is_that_of_the_textbook() {
        // Variances 2.5 and 10 with five samples each: standard error sqrt(2.5), 5.882 degrees of freedom.
        Difference difference = Difference.welch(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10});

        assertThat(difference.mean()).isEqualTo(3, within(1e-12));
        assertThat(difference.halfWidth()).isEqualTo(2.4590 * Math.sqrt(2.5), within(1e-3));
        assertThat(difference.coversZero()).isTrue();
    }

    @Test
    void pairs_remove_what_both_have_in_common() {
        double[] first = {1, 10, 100, 1000};
        double[] second = {1.1, 10.2, 100.1, 1000.2};

        assertThat(Difference.paired(first, second).coversZero()).isFalse();
        assertThat(Difference.welch(first, second).coversZero()).isTrue();
    }

    @Test
    void without_spread_only_equal_means_agree() {
        double[] two = {2, 2};
        assertThat(Difference.welch(two, new double[] {2, 2}).coversZero()).isTrue();
        assertThat(Difference.welch(two, new double[] {3, 3}).coversZero()).isFalse();
    }

    @Test
    void one_sample_is_too_few() {
        assertThat(Difference.welch(new double[] {1}, new double[] {1, 2}).isKnown())
                .isFalse();
        assertThat(Difference.paired(new double[] {1}, new double[] {2}).isKnown())
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Difference.paired(new double[] {1}, new double[] {1, 2}));
    }
}
