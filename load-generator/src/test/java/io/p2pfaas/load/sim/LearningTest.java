package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nodes that teach themselves in virtual time: from deadlines, with nobody who trains them. */
final class LearningTest {
    private static final String PARAMETERS = "actions_n=3 alpha=0.05 epsilon_decay=0.999 epsilon_min=0.02";

    private static Trial learning(int calls) {
        return Trial.of("LearningScheduler(1)")
                .set(Grid.QUEUE, 4)
                .set(Grid.RHO, 0.8)
                .set("learner.parameters", PARAMETERS)
                .calls(calls);
    }

    @Test
    void nodes_learn_from_the_deadline_of_calls_to_lose_few_and_end_better_than_they_began() {
        PayloadSpec wanted = new PayloadSpec("wanted", 10, 1, Duration.ofMillis(300));
        double early = learning(4_000).payloads(wanted).run().pB();
        double all = learning(200_000).payloads(wanted).run().pB();

        assertThat(early).isGreaterThan(0.2);
        assertThat(all).isLessThan(early / 3);
    }

    @Test
    void a_deadline_for_all_calls_teaches_as_well_and_without_one_nothing_is_learned() {
        double taught = learning(100_000).set("learner.deadline", "300ms").run().pB();
        double untaught = learning(100_000).run().pB();

        // An untaught learner has the first action for all states: reject.
        assertThat(untaught).isGreaterThan(0.9);
        assertThat(taught).isLessThan(0.15);
    }

    @Test
    void the_same_seed_learns_the_same() {
        RunResult once = learning(20_000).set("learner.deadline", "300ms").run();
        RunResult again = learning(20_000).set("learner.deadline", "300ms").run();

        assertThat(again.pB()).isEqualTo(once.pB());
        assertThat(Trial.packetsPerCall(again)).isEqualTo(Trial.packetsPerCall(once));
    }
}
