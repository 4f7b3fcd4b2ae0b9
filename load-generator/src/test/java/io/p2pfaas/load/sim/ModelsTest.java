package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Network, faults, unequal nodes, cold starts: each model shows, and no call is ever lost from the books. */
final class ModelsTest {
    private static double meanLatencySeconds(RunResult result) {
        return HistogramText.parse(result.latency()).getMean() / 1e9;
    }

    /** Runs it and checks that each call ended once, and that the counts agree with what was told. */
    private static RunResult balanced(Trial trial) {
        Map<Integer, EndState> ends = new HashMap<>();
        RunResult result = trial.run(
                0,
                outcome -> assertThat(ends.put(outcome.call(), outcome.state()))
                        .as("call %s ended twice", outcome.call())
                        .isNull());
        assertThat(result.ends().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(result.arrived());
        assertThat(result.nodeTallies().stream()
                        .mapToLong(RunResult.NodeTally::arrived)
                        .sum())
                .isEqualTo(result.arrived());
        assertThat(ends).hasSizeGreaterThanOrEqualTo((int) result.arrived());
        return result;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BrokerMatch",
                "BrokerMatch(eager)",
                "LeastLoadedSpill",
                "PowerOfNScheduler(2,3,false,2)",
                "ForwardScheduler(2)",
                "NoScheduler"
            })
    void whatever_breaks_every_call_ends_once(String scheduler) {
        RunResult result = balanced(Trial.of(scheduler)
                .calls(15_000)
                .set(Grid.QUEUE, 3)
                .onlyOnce()
                .network(Duration.ofMillis(3), 0.02, 0.2)
                .payloads(new PayloadSpec("small", 10, 1, null), new PayloadSpec("large", 200_000, 1, null))
                .fault(2_000, FaultKind.KILL, "n1")
                .fault(9_000, FaultKind.START, "n1")
                .fault(10_000, FaultKind.PAUSE, "n3")
                .fault(12_000, FaultKind.RESUME, "n3")
                .fault(15_000, FaultKind.PAUSE, "broker")
                .fault(15_500, FaultKind.RESUME, "broker")
                .fault(20_000, FaultKind.KILL, "broker")
                .fault(25_000, FaultKind.START, "broker")
                .fault(26_000, FaultKind.KILL, "n5"));

        assertThat(result.ended(EndState.CONNECTION_ERROR)).isPositive();
        // Few, since the calls may run once: each message that gets lost holds a slot for as long as a booking does.
        assertThat(result.ended(EndState.OK)).isGreaterThan(result.arrived() / 4);
        assertThat(result.ended(EndState.CUT_OFF)).isZero();
    }

    @Test
    void calls_die_with_their_node_and_calls_to_a_dead_node_find_nobody() {
        RunResult result = balanced(Trial.of("NoScheduler")
                .calls(15_000)
                .fault(1_000, FaultKind.KILL, "n4")
                .fault(2_000, FaultKind.KILL, "n4"));

        RunResult.NodeTally dead = result.nodeTallies().get(3);
        assertThat(result.ended(EndState.CONNECTION_ERROR) + dead.rejected() + dead.executed())
                .isEqualTo(dead.arrived());
        assertThat(result.ended(EndState.CONNECTION_ERROR)).isGreaterThan(dead.arrived() * 9 / 10);
    }

    @Test
    void a_started_node_works_again() {
        Trial killed = Trial.of("BrokerMatch").calls(15_000).fault(1_000, FaultKind.KILL, "n4");
        RunResult gone = killed.run();
        RunResult back = killed.fault(5_000, FaultKind.START, "n4").run();

        assertThat(back.nodeTallies().get(3).executed())
                .isGreaterThan(5 * gone.nodeTallies().get(3).executed());
        assertThat(back.ended(EndState.CONNECTION_ERROR)).isLessThan(gone.ended(EndState.CONNECTION_ERROR) / 5);
    }

    @Test
    void a_call_that_may_not_run_twice_and_dies_with_its_taker_is_answered_so() {
        RunResult result = balanced(Trial.of("BrokerMatch")
                .calls(15_000)
                .onlyOnce()
                .fault(10_000, FaultKind.KILL, "n4")
                .fault(15_000, FaultKind.KILL, "n5")
                .fault(20_000, FaultKind.KILL, "n6"));

        assertThat(result.ended(EndState.OTHER_STATUS)).isBetween(1L, 12L);
    }

    @Test
    void without_a_broker_nodes_go_on_alone_and_come_together_again() {
        Trial trial = Trial.of("BrokerMatch").calls(30_000);
        double together = trial.run().pB();
        RunResult alone = balanced(trial.fault(1, FaultKind.KILL, "broker"));
        RunResult back = balanced(trial.fault(10, FaultKind.START, "broker"));

        assertThat(alone.pB()).isCloseTo(0.2707, Offset.offset(0.03));
        assertThat(back.pB()).isCloseTo(together, Offset.offset(0.02));
    }

    @Test
    void a_client_gives_up_after_its_timeout() {
        RunResult result = balanced(Trial.of("NoScheduler")
                .calls(5_000)
                .service(new ServiceLaw.Deterministic(1e8))
                .timeout(Duration.ofMillis(50)));

        assertThat(result.ended(EndState.OK)).isZero();
        assertThat(result.ended(EndState.TIMEOUT)).isGreaterThan(result.arrived() / 2);
    }

    @Test
    void late_answers_are_counted_by_the_deadline_of_their_payload() {
        RunResult result = Trial.of("NoScheduler")
                .calls(20_000)
                .set(Grid.RHO, 0.1)
                .payloads(
                        new PayloadSpec("urgent", 1, 1, Duration.ofMillis(100)),
                        new PayloadSpec("patient", 1, 3, Duration.ofSeconds(50)))
                .run();

        // A quarter of the calls, of which exp(-1) take longer than the mean.
        assertThat((double) result.late() / result.ended(EndState.OK)).isCloseTo(0.092, Offset.offset(0.01));
    }

    @Test
    void slow_nodes_take_longer_and_cold_ones_at_first() {
        double plain = meanLatencySeconds(
                Trial.of("NoScheduler").calls(20_000).set(Grid.RHO, 0.1).run());
        double slow = meanLatencySeconds(Trial.of("NoScheduler")
                .calls(20_000)
                .set(Grid.RHO, 0.1)
                .speeds(0.5)
                .run());
        double cold = meanLatencySeconds(Trial.of("NoScheduler")
                .calls(20_000)
                .set(Grid.RHO, 0.1)
                .cold(Duration.ofMillis(500), Duration.ZERO)
                .run());

        assertThat(plain).isCloseTo(0.1, Offset.offset(0.003));
        assertThat(slow).isCloseTo(0.2, Offset.offset(0.006));
        // Only calls that find the node empty: about one in three, since cold starts keep it busy.
        assertThat(cold).isBetween(0.2, 0.3);
    }

    @Test
    void hot_nodes_get_more_calls() {
        RunResult result = Trial.of("BrokerMatch")
                .calls(30_000)
                .rates(1.4, 1.4, 1.4, 1.4, 0.6, 0.6, 0.6, 0.6)
                .run();

        assertThat((double) result.nodeTallies().get(0).arrived()
                        / result.nodeTallies().get(7).arrived())
                .isCloseTo(1.4 / 0.6, Offset.offset(0.2));
    }

    @Test
    void jitter_and_resends_make_answers_late_and_lose_nothing() {
        Trial trial = Trial.of("ForwardScheduler(1)").calls(20_000).set(Grid.RHO, 0.1);
        double steady = meanLatencySeconds(trial.run());
        double shaky = meanLatencySeconds(balanced(trial.network(Duration.ofMillis(20), 0, 0)));
        RunResult lossy = balanced(trial.network(Duration.ZERO, 0.1, 0));

        // Two messages per call, each 10 ms later on average.
        assertThat(shaky - steady).isCloseTo(0.020, Offset.offset(0.003));
        assertThat(meanLatencySeconds(lossy) - steady).isGreaterThan(0.040);
        assertThat(lossy.ended(EndState.OK)).isGreaterThan(lossy.arrived() * 99 / 100);
    }

    @Test
    void lost_samples_are_not_heard_and_those_that_are_used_get_older() {
        RunResult all = Trial.of("LeastLoadedSpill").calls(30_000).run();
        RunResult few = Trial.of("LeastLoadedSpill")
                .calls(30_000)
                .set(Grid.SAMPLE_LOSS, 0.8)
                .run();

        assertThat(Trial.packets(few, "sample-out")).isLessThan(Trial.packets(all, "sample-out") / 4);
        assertThat(HistogramText.parse(few.sampleAge()).getMean())
                .isGreaterThan(1.2 * HistogramText.parse(all.sampleAge()).getMean());
    }

    @Test
    void only_policies_that_live_on_samples_are_sent_any() {
        RunResult match = Trial.of("BrokerMatch").calls(10_000).run();

        assertThat(match.packets()).containsKey("sample-in").doesNotContainKey("sample-out");
        assertThat(match.sampleAge()).isEmpty();
    }

    @Test
    void the_matrix_says_who_ran_whose_calls() {
        RunResult result = Trial.of("BrokerMatch").calls(20_000).run();

        assertThat(result.matrix()).hasSize(8).allSatisfy(row -> assertThat(row).hasSize(8));
        for (int executor = 0; executor < 8; executor++) {
            int column = executor;
            assertThat(result.matrix().stream()
                            .mapToLong(row -> row.get(column))
                            .sum())
                    .isEqualTo(result.nodeTallies().get(executor).executed());
        }
        assertThat(result.pE()).isBetween(0.3, 0.6);
    }

    @Test
    void a_cluster_too_large_for_a_matrix_still_says_how_many_ran_elsewhere() {
        RunResult result = balanced(Trial.of("BrokerMatch").set(Grid.NODES, 400).calls(20_000));

        assertThat(result.matrix()).hasSize(2);
        assertThat(result.pE()).isBetween(0.3, 0.8);
        assertThat(result.nodeTallies()).hasSize(400);
    }

    @Test
    void in_a_large_cluster_the_death_of_a_taker_is_heard_of_by_nodes_that_did_not_know_it() {
        RunResult result = balanced(Trial.of("BrokerMatch")
                .set(Grid.NODES, 400)
                .calls(30_000)
                .onlyOnce()
                .fault(1_000, FaultKind.KILL, "n9"));

        assertThat(result.ended(EndState.OTHER_STATUS)).isBetween(1L, 4L);
    }

    @Test
    void outcomes_name_the_executor() {
        long[] away = new long[1];
        RunResult result = Trial.of("BrokerMatch").calls(5_000).run(0, outcome -> {
            if (outcome instanceof Outcome.Answered answered
                    && answered.executor().name().startsWith("n")) {
                away[0]++;
            }
        });

        assertThat(away[0]).isGreaterThan((long) (result.pE() * result.arrived()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodes=0",
                "nodes=x",
                "slots=0",
                "queue=-1",
                "delay=2 parsecs",
                "scheduler=Nonsense",
                "scheduler=PowerOfNScheduler(0)",
                "sample-loss=2",
                "rho=-1",
                "broker-deal=poker",
                "link.quality=high"
            })
    void what_cannot_be_simulated_is_said(String setting) {
        String[] parts = setting.split("=", -1);
        Trial trial = Trial.of("NoScheduler").calls(1);
        Experiment experiment = trial.experiment();

        assertThatThrownBy(() -> new SimulatedWorld()
                        .run(experiment, trial.set(parts[0], parts[1]).point(), 0, outcome -> {}))
                .isInstanceOf(World.RunFailed.class)
                .hasMessageContaining(parts[1].replaceAll("\\(.*", ""));
    }

    @Test
    void a_fault_of_a_node_that_does_not_exist_is_said() {
        assertThatThrownBy(() -> Trial.of("NoScheduler")
                        .calls(1)
                        .fault(1, FaultKind.KILL, "n9")
                        .run())
                .hasMessageContaining("n9");
        assertThatThrownBy(() -> Trial.of("NoScheduler")
                        .calls(1)
                        .fault(1, FaultKind.KILL, "router")
                        .run())
                .hasMessageContaining("router");
    }
}
