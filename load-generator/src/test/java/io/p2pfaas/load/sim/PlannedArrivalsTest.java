package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.campaign.PlannedLoad;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code lab plan} shows is what the simulator runs. */
final class PlannedArrivalsTest {
    @TempDir
    private Path dir;

    private Experiment experiment(String arrivals) throws Exception {
        Files.writeString(dir.resolve("load0.csv"), "0,1\n");
        Files.writeString(dir.resolve("load1.csv"), "0,0\n");
        Files.writeString(dir.resolve("load2.csv"), "0,0.2\n1,0.6\n");
        String text = "cluster: {launch: 3, rates: [1, 1, 0.5]}\n"
                + "function: {service: {law: exponential, mean: 100ms}}\n"
                + "grid: {scheduler: NoScheduler, rho: 0.5}\n"
                + "run: {warmup: 3s, duration: 60s}\narrivals: " + arrivals;
        return ExperimentFile.parse("e.yaml", text, dir, List.of()).experiment();
    }

    private static List<Long> simulated(Experiment experiment) throws Exception {
        Point point = experiment.grid().points().get(0);
        RunResult result = new SimulatedWorld().run(experiment, point, 1, outcome -> {});
        return result.nodeTallies().stream().map(RunResult.NodeTally::arrived).toList();
    }

    private static List<Long> planned(Experiment experiment) {
        PlannedLoad load = PlannedLoad.of(experiment, experiment.grid().points().get(0));
        List<Long> counts = new ArrayList<>();
        for (int node = 0; node < load.nodes(); node++) {
            Schedule schedule = load.schedule(experiment, 1, node).orElseThrow();
            long counted = 0;
            for (int call = 0; call < schedule.size(); call++) {
                counted += schedule.dueNanos(call) >= experiment.run().warmup().toNanos() ? 1 : 0;
            }
            counts.add(counted);
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{law: poisson}",
                "{law: deterministic}",
                "{law: uniform}",
                "{law: bursty, on: 1s, off: 3s}",
                "{law: legacy-10ms}",
                "{law: replay, files: 'load{node}.csv', period: 20s}"
            })
    void the_simulator_runs_the_arrivals_that_are_planned(String arrivals) throws Exception {
        Experiment experiment = experiment(arrivals);

        assertThat(simulated(experiment)).isEqualTo(planned(experiment));
    }

    @Test
    void every_simulated_node_follows_its_own_trace() throws Exception {
        List<Long> arrived = simulated(experiment("{law: replay, files: 'load{node}.csv', period: 20s}"));

        // 20 calls a second for a minute; none; a mean load of 0.4 at half the rate.
        assertThat(arrived.get(0)).isBetween(1_050L, 1_350L);
        assertThat(arrived.get(1)).isZero();
        assertThat(arrived.get(2)).isBetween(170L, 310L);
    }
}
