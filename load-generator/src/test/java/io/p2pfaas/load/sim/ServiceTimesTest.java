package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.plan.ServiceLaw;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ServiceTimesTest {
    private static List<ServiceLaw> laws() {
        return List.of(
                new ServiceLaw.Exponential(1e8),
                new ServiceLaw.Deterministic(1e8),
                new ServiceLaw.Lognormal(1e8, 1),
                new ServiceLaw.Pareto(1e8, 3),
                new ServiceLaw.Empirical(List.of(0.5e8, 1e8, 1.5e8)));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void the_mean_of_many_draws_is_that_of_the_law(ServiceLaw law) {
        ServiceTimes times = ServiceTimes.of(law);
        RandomGenerator random = Seeds.generator(7);
        double sum = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            double drawn = times.draw(random);
            assertThat(drawn).isNotNegative();
            sum += drawn;
        }

        assertThat(sum / draws).isCloseTo(1e8, Percentage.withPercentage(1.5));
    }

    @Test
    void half_of_exponential_draws_are_below_the_median() {
        ServiceTimes times = ServiceTimes.of(new ServiceLaw.Exponential(1e8));
        RandomGenerator random = Seeds.generator(7);
        int below = 0;
        for (int i = 0; i < 100_000; i++) {
            below += times.draw(random) < 1e8 * StrictMath.log(2) ? 1 : 0;
        }

        assertThat(below).isBetween(49_500, 50_500);
    }

    @Test
    void laws_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> ServiceTimes.of(new ServiceLaw.Pareto(1e8, 1))).hasMessageContaining("alpha");
        assertThatThrownBy(() -> ServiceTimes.of(new ServiceLaw.Lognormal(1e8, 0)))
                .hasMessageContaining("sigma");
        assertThatThrownBy(() -> ServiceTimes.of(new ServiceLaw.Exponential(0))).hasMessageContaining("mean");
    }
}
