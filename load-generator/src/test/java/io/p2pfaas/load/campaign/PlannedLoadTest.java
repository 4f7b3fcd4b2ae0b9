package io.p2pfaas.load.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.ExperimentFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlannedLoadTest {
    private static Experiment experiment(String grid, String more) throws Exception {
        return ExperimentFile.parse(
                        "e.yaml",
                        "cluster: {launch: 4, slots: 4, queue: 1, rates: [1.5, 0.5]}\n"
                                + "function: {service: {law: deterministic, mean: 100ms}}\ngrid: " + grid + "\n" + more,
                        Path.of(""),
                        List.of())
                .experiment();
    }

    @Test
    void rho_is_the_load_of_a_slot() throws Exception {
        Experiment experiment = experiment("{scheduler: NoScheduler, rho: 0.9, slots: [4, 8]}", "");
        PlannedLoad load = PlannedLoad.of(experiment, experiment.grid().points().get(1));

        assertThat(load.slots()).isEqualTo(8);
        assertThat(load.queue()).isEqualTo(1);
        assertThat(load.rates()).hasSize(4);
        assertThat(load.rates().get(0)).isEqualTo(0.9 * 8 / 0.1 * 1.5, within(1e-9));
        assertThat(load.offeredPerSecond(experiment)).isEqualTo(4 * 72, within(1e-9));
    }

    @Test
    void lambda_is_calls_per_second_and_node() throws Exception {
        Experiment experiment = experiment("{scheduler: NoScheduler, lambda: 20}", "arrivals: {law: legacy-10ms}");
        PlannedLoad load = PlannedLoad.of(experiment, experiment.grid().points().get(0));

        assertThat(load.rates()).containsExactly(30.0, 10.0, 30.0, 10.0);
        // What the original makes of 30 and 10 per second.
        assertThat(load.offeredPerSecond(experiment))
                .isEqualTo(2 / (1 / 30.0 + 0.01) + 2 / (1 / 10.0 + 0.01), within(1e-9));
    }

    @Test
    void schedulers_get_the_very_same_arrivals_and_repetitions_get_others() throws Exception {
        Experiment experiment = experiment("{scheduler: [NoScheduler, BrokerMatch], rho: 0.5}", "");
        PlannedLoad one = PlannedLoad.of(experiment, experiment.grid().points().get(0));
        PlannedLoad other =
                PlannedLoad.of(experiment, experiment.grid().points().get(1));

        assertThat(one.schedule(experiment, 0, 0))
                .isEqualTo(other.schedule(experiment, 0, 0))
                .isPresent();
        assertThat(one.schedule(experiment, 0, 0)).isNotEqualTo(one.schedule(experiment, 1, 0));
        assertThat(one.schedule(experiment, 0, 0)).isNotEqualTo(one.schedule(experiment, 0, 2));
    }
}
