package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeterminismTest {
    private static Trial eventful(String scheduler) {
        return Trial.of(scheduler)
                .calls(10_000)
                .set("queue", 2)
                .network(Duration.ofMillis(1), 0.01, 0.1)
                .fault(5_000, FaultKind.KILL, "n2")
                .fault(8_000, FaultKind.START, "n2")
                .fault(12_000, FaultKind.KILL, "broker")
                .fault(13_000, FaultKind.START, "broker");
    }

    /** Everything but how long it took. */
    private static RunResult timeless(RunResult result) {
        return new RunResult(
                result.world(),
                result.point(),
                result.repetition(),
                result.seed(),
                result.nodes(),
                result.measuredNanos(),
                result.serviceNanos(),
                result.arrived(),
                result.ends(),
                result.reasons(),
                result.late(),
                result.latency(),
                result.sampleAge(),
                result.matrix(),
                result.nodeTallies(),
                result.packets(),
                result.series(),
                result.sendLag(),
                0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BrokerMatch", "LeastLoadedSpill", "PowerOfNScheduler(2,2,false,2)"})
    void the_same_seed_tells_the_same_story(String scheduler) {
        List<Outcome> first = new ArrayList<>();
        List<Outcome> second = new ArrayList<>();

        RunResult one = eventful(scheduler).run(3, first::add);
        RunResult other = eventful(scheduler).run(3, second::add);

        assertThat(timeless(one)).isEqualTo(timeless(other));
        assertThat(first).isEqualTo(second);
    }

    @Test
    void repetitions_differ() {
        assertThat(Trial.of("BrokerMatch").calls(5000).run(0, outcome -> {}).latency())
                .isNotEqualTo(Trial.of("BrokerMatch")
                        .calls(5000)
                        .run(1, outcome -> {})
                        .latency());
    }

    @Test
    void schedulers_are_compared_under_the_very_same_load() {
        List<Long> here = new ArrayList<>();
        List<Long> there = new ArrayList<>();
        Trial.of("NoScheduler").calls(5000).run(0, outcome -> here.add(outcome.dueNanos()));
        Trial.of("BrokerMatch").calls(5000).run(0, outcome -> there.add(outcome.dueNanos()));

        here.sort(null);
        there.sort(null);
        assertThat(here).isEqualTo(there);
    }

    @Test
    void the_result_does_not_depend_on_what_else_runs_in_the_process() throws Exception {
        List<RunResult> alone = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            alone.add(timeless(eventful("BrokerMatch").run(i, outcome -> {})));
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<RunResult>> together = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int repetition = i;
                together.add(pool.submit(() -> timeless(eventful("BrokerMatch").run(repetition, outcome -> {}))));
            }
            for (int i = 0; i < 6; i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            pool.shutdown();
        }
    }
}
