package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.learn.Weights;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.LearningScheduler;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the brain does for policies that learn: numbers, counts by type, the list of peers, and how calls ended. */
final class LearningTest {
    private static final BrainSettings SETTINGS = BrainSettings.of(Scene.ME, 1, 2, 1);

    /** Keeps how its calls ended. */
    private static final class Listening implements SchedulingPolicy {
        private final List<String> ends = new ArrayList<>();

        @Override
        public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
            return call.call().arrival() == Arrival.CLIENT && call.call().taskType() == 1
                    ? new Decision.Reject(Reason.DELIBERATE)
                    : new Decision.RunHere(true);
        }

        @Override
        public void ended(CallView call, EndState state, ClusterView cluster) {
            ends.add(call.call().id() + " " + state);
        }

        @Override
        public String describe() {
            return "Listening";
        }
    }

    /** A brain whose learner wants this action while nothing runs, and 1 else. */
    private static Scene wanting(int action) {
        LearnerParameters parameters = LearnerParameters.parse("actions_n=9 epsilon_start=0 window_size=2");
        Scene scene = new Scene(SETTINGS, new LearningScheduler(1), new LearnerSettings(false, 0, parameters));
        double[] idle = new double[9];
        idle[action] = 1;
        double[] busy = new double[9];
        busy[1] = 1;
        scene.brain()
                .learner()
                .restore(new Weights(
                        false,
                        9,
                        0,
                        0,
                        0,
                        0,
                        0,
                        List.of(new Weights.Row("0,0,0", idle), new Weights.Row("0,1,0", busy))));
        return scene;
    }

    private static Choice choice(Effect.Reply reply) {
        Choice choice = reply.placement().choice();
        if (choice == null) {
            throw new AssertionError("nothing was chosen for " + reply.call());
        }
        return choice;
    }

    @Test
    void the_answer_says_what_was_chosen_also_if_that_was_to_reject() {
        Scene scene = wanting(0);
        scene.call(Scene.NEVER);
        Effect.Reply reply = scene.only(Effect.Reply.class);
        assertThat(reply.end().reason()).isEqualTo(Reason.DELIBERATE);
        assertThat(choice(reply)).isEqualTo(new Choice(1, State.of(0, 0, 0), 0, 0));
    }

    @Test
    void every_callers_call_takes_a_number_whoever_decides_about_it() {
        Scene scene = wanting(1);
        Call bypassing = scene.call(Scene.NEVER, 1, true, Routing.BYPASS);
        assertThat(scene.ended(bypassing).only(Effect.Reply.class).placement().choice())
                .isNull();
        scene.call(Scene.NEVER, 1, true, Routing.REJECT);
        scene.forward(Scene.A, Arrival.DIRECT, Scene.NEVER);
        Call third = scene.call(Scene.NEVER);
        assertThat(choice(scene.ended(third).only(Effect.Reply.class)))
                .isEqualTo(new Choice(3, State.of(0, 1, 0), 1, 0));
    }

    @Test
    void a_peer_of_the_list_is_forwarded_to_by_its_place() {
        Scene scene = wanting(4).online(Scene.B, 1, 0).online(Scene.A, 1, 0);
        scene.call(Scene.NEVER);
        assertThat(scene.only(Effect.Forward.class).target()).isEqualTo(Scene.B);
        scene.lost(Scene.A);
        scene.call(Scene.NEVER);
        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.brain().learner().stats().withoutPeer()).isEqualTo(1);
        assertThat(scene.counters().policyFaults()).isZero();
    }

    @Test
    void a_peer_that_went_silent_is_not_on_the_list() {
        Scene scene = wanting(3).online(Scene.A, 1, 0);
        scene.passUnnoticed(3_001);
        scene.call(Scene.NEVER);
        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.brain().learner().stats().withoutPeer()).isEqualTo(1);
    }

    @Test
    void a_policy_is_told_once_of_the_end_of_each_call_that_it_decided_about() {
        Listening policy = new Listening();
        Scene scene = Scene.of(1, 1, policy);
        Call runs = scene.call(Scene.NEVER);
        Call waits = scene.call(100);
        Call full = scene.call(Scene.NEVER);
        Call bypasses = scene.call(Scene.NEVER, 1, true, Routing.BYPASS);
        assertThat(policy.ends).containsExactly(full.id() + " REJECTED");
        scene.pass(150);
        scene.ended(runs);
        Call overdue = scene.call(50);
        scene.pass(100);
        scene.ended(overdue);
        assertThat(policy.ends)
                .containsExactly(
                        full.id() + " REJECTED",
                        waits.id() + " EXPIRED",
                        runs.id() + " DONE",
                        overdue.id() + " EXPIRED")
                .noneMatch(end -> end.startsWith(bypasses.id() + " "));
    }

    @Test
    void a_policy_is_told_also_when_another_one_is_in_force_by_then() {
        Listening policy = new Listening();
        Scene scene = Scene.of(1, 1, policy);
        Call call = scene.call(Scene.NEVER);
        scene.on(new Event.Reconfigured(1, 1, new NoScheduler(true)));
        Call other = scene.call(Scene.NEVER);
        scene.ended(call).ended(other);
        assertThat(policy.ends).containsExactly(call.id() + " DONE");
    }

    @Test
    void a_policy_that_fails_when_it_is_told_harms_no_call() {
        SchedulingPolicy failing = new SchedulingPolicy() {
            @Override
            public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
                return new Decision.RunHere(true);
            }

            @Override
            public void ended(CallView call, EndState state, ClusterView cluster) {
                throw new IllegalStateException("always");
            }

            @Override
            public String describe() {
                return "Failing";
            }
        };
        Scene scene = Scene.of(1, 1, failing);
        Call call = scene.call(Scene.NEVER);
        Effect.Reply reply = scene.ended(call).only(Effect.Reply.class);
        assertThat(reply.end().state()).isEqualTo(EndState.DONE);
        assertThat(scene.counters().policyFaults()).isEqualTo(1);
    }

    @Test
    void the_node_learns_by_itself_that_rejecting_is_hopeless_and_ends_better_than_it_began() {
        LearnerParameters parameters =
                LearnerParameters.parse("actions_n=3 alpha=0.1 beta=0.05 epsilon_min=0.02 epsilon_decay=0.998");
        Scene scene = new Scene(SETTINGS, new LearningScheduler(1), new LearnerSettings(false, 0, parameters));
        int[] done = new int[4];
        int[] rejected = new int[4];
        for (int i = 0; i < 4000; i++) {
            Call call = wanted(i + 1);
            scene.on(new Event.CallArrived(call));
            boolean isRejected = !scene.all(Effect.Reply.class).isEmpty();
            (isRejected ? rejected : done)[i / 1000]++;
            if (!isRejected) {
                scene.passUnnoticed(5).on(new Event.ExecutionEnded(call.id(), End.done(Payload.NONE)));
            }
        }
        Learner learner = scene.brain().learner();
        assertThat(rejected[0]).isGreaterThan(120);
        assertThat(rejected[3]).isLessThan(30);
        assertThat(done[3]).isGreaterThan(done[0] + 90);
        assertThat(learner.stats().trainedItems()).isEqualTo(4000);
        assertThat(learner.stats().average()).isGreaterThan(0.9);
    }

    private static Call wanted(long id) {
        return new Call(
                id,
                Scene.F,
                Arrival.CLIENT,
                List.of(),
                Scene.NEVER,
                1,
                true,
                Routing.POLICY,
                0,
                10_000_000,
                Payload.NONE);
    }
}
