package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.learn.Weights;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LearningSchedulerTest {
    private static final RandomGenerator RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private static final Decision HERE = new Decision.RunHere(true);
    private static final LearningScheduler ONE_TYPE = new LearningScheduler(1);

    /** One that always chooses this action in the states that tests show it. */
    private static Learner wanting(int action, long deadlineNanos) {
        LearnerParameters parameters = LearnerParameters.parse("actions_n=8 epsilon_start=0 window_size=2");
        Learner learner = new Learner(new LearnerSettings(false, deadlineNanos, parameters), RANDOM);
        double[] values = new double[8];
        values[action] = 1;
        List<Weights.Row> rows = new ArrayList<>();
        for (String key : List.of("0,3,0", "0,3,1")) {
            rows.add(new Weights.Row(key, values));
        }
        learner.restore(new Weights(false, 8, 0, 0, 0, 0, 0, rows));
        return learner;
    }

    private static FakeView busy(int action) {
        return FakeView.of(3, 4, 1, 4)
                .learner(wanting(action, 0))
                .peer("a", 1, 0)
                .peer("b", 9, 0);
    }

    private static Decision decide(CallBuilder call, FakeView view) {
        return ONE_TYPE.decide(call, view, RANDOM);
    }

    @Test
    void action_0_rejects_and_action_1_runs_here() {
        assertThat(decide(CallBuilder.ofCaller(), busy(0))).isEqualTo(new Decision.Reject(Reason.DELIBERATE));
        assertThat(decide(CallBuilder.ofCaller(), busy(1))).isEqualTo(HERE);
    }

    @Test
    void action_2_probes_one_peer_and_forwards_if_it_is_lighter() {
        CallBuilder call = CallBuilder.ofCaller();
        assertThat(decide(call, busy(2))).isEqualTo(new Decision.ProbeFirst(List.of(new NodeId("a"))));
        assertThat(decide(call.answer("a", 3), busy(2))).isEqualTo(new Decision.Forward(new NodeId("a")));
        assertThat(decide(CallBuilder.ofCaller().answer("a", 4), busy(2))).isEqualTo(HERE);
        assertThat(decide(CallBuilder.ofCaller().withoutAnswers(), busy(2))).isEqualTo(HERE);
        assertThat(decide(CallBuilder.ofCaller(), busy(2).linkDown())).isEqualTo(HERE);
    }

    @Test
    void actions_from_3_on_name_a_peer_of_the_list() {
        assertThat(decide(CallBuilder.ofCaller(), busy(3))).isEqualTo(new Decision.Forward(new NodeId("a")));
        assertThat(decide(CallBuilder.ofCaller(), busy(4))).isEqualTo(new Decision.Forward(new NodeId("b")));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void a_peer_that_is_not_there_is_counted_and_the_call_runs_here(int action) {
        FakeView view = busy(action);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(HERE);
        assertThat(view.learning().learner().stats().withoutPeer()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_not_the_callers_loss_and_the_learner_is_asked_once() {
        FakeView view = busy(3);
        CallBuilder call = CallBuilder.ofCaller();
        decide(call, view);
        assertThat(decide(call.refusedBy("a"), view)).isEqualTo(HERE);
        assertThat(view.learning().learner().stats().inferences()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Arrival.class, names = "CLIENT", mode = EnumSource.Mode.EXCLUDE)
    void peers_calls_run_here_and_teach_nothing(Arrival arrival) {
        FakeView view = busy(0);
        CallBuilder call = CallBuilder.ofPeer(arrival, 1);
        assertThat(decide(call, view)).isEqualTo(HERE);
        ONE_TYPE.ended(call, EndState.DONE, view);
        assertThat(view.learning().learner().stats().inferences()).isZero();
        assertThat(view.learning().learner().stats().pendingEntries()).isZero();
    }

    @Test
    void the_state_is_type_running_by_type_and_queued_by_type() {
        FakeView view =
                FakeView.of(3, 4, 2, 4).learner(wanting(1, 0)).running(1, 1).queued(1, 2);
        CallBuilder call = CallBuilder.ofCaller(1);
        new LearningScheduler(2).decide(call, view, RANDOM);
        assertThat(chosen(call).state()).isEqualTo(State.of(1, 2, 1, 0, 2));
        assertThat(chosen(call).eid()).isEqualTo(call.number());
    }

    @Test
    void unknown_types_count_as_0() {
        FakeView view =
                FakeView.of(3, 4, 2, 4).learner(wanting(1, 0)).running(5, 1).queued(5, 2);
        CallBuilder call = CallBuilder.ofCaller(5);
        new LearningScheduler(2).decide(call, view, RANDOM);
        assertThat(chosen(call).state()).isEqualTo(State.of(0, 3, 0, 2, 0));
    }

    @Test
    void a_call_is_rewarded_if_it_is_done_within_what_its_caller_wants() {
        assertThat(rewarded(200, 0, EndState.DONE, 200)).containsExactly(1.0);
        assertThat(rewarded(200, 0, EndState.DONE, 201)).containsExactly(0.0);
        assertThat(rewarded(200, 0, EndState.REJECTED, 0)).containsExactly(0.0);
        assertThat(rewarded(200, 0, EndState.FAILED, 100)).containsExactly(0.0);
    }

    @Test
    void without_a_wish_the_nodes_deadline_counts_and_without_that_the_client_says_the_reward() {
        assertThat(rewarded(0, 300, EndState.DONE, 300)).containsExactly(1.0);
        assertThat(rewarded(0, 300, EndState.DONE, 301)).containsExactly(0.0);
        assertThat(rewarded(500, 300, EndState.DONE, 400)).containsExactly(1.0);
        assertThat(rewarded(0, 0, EndState.DONE, 100)).isEmpty();
    }

    /** What the learner was taught, seen by what it made of it with alpha 1: value = reward + value of the next. */
    private static List<Double> rewarded(long wanted, long deadline, EndState state, long took) {
        LearnerParameters parameters =
                LearnerParameters.parse("actions_n=2 epsilon_start=0 window_size=2 alpha=1 beta=0");
        Learner learner = new Learner(new LearnerSettings(false, deadline, parameters), RANDOM);
        FakeView view = FakeView.of(0, 4, 0, 4).learner(learner);
        for (int number = 1; number <= 2; number++) {
            CallBuilder call = CallBuilder.ofCaller(0, wanted, number);
            decide(call, view);
            ONE_TYPE.ended(call, state, view.at(took));
        }
        return learner.weights().rows().stream().map(row -> row.values()[0]).toList();
    }

    private static Choice chosen(CallBuilder call) {
        Choice choice = call.choice();
        if (choice == null) {
            throw new AssertionError("nothing was chosen");
        }
        return choice;
    }
}
