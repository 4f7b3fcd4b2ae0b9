package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RoundRobinTest {
    private static SchedulingPolicy create(String parameters) {
        return PolicyCatalogue.standard().create(PolicySpec.parse("RoundRobinWithMasterScheduler(" + parameters + ")"));
    }

    private static Decision decide(SchedulingPolicy policy, CallView call, FakeView view) {
        return policy.decide(call, view.about(call), new SplittableRandom(1));
    }

    private static FakeView busy(String... peers) {
        FakeView view = FakeView.of(4, 4, 0, 4);
        for (String peer : peers) {
            view.unknownPeer(peer);
        }
        return view;
    }

    /** To whom the master deals its next calls, "here" included. */
    private static List<String> deals(SchedulingPolicy policy, int count, CallView call, FakeView view) {
        List<String> to = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Decision decision = decide(policy, call, view);
            to.add(decision instanceof Decision.Forward forward ? forward.peer().value() : "here");
        }
        return to;
    }

    @Test
    void the_master_deals_in_turn_its_own_callers_calls_too() {
        SchedulingPolicy policy = create("true");
        assertThat(deals(policy, 4, CallBuilder.ofCaller(), busy("c", "a", "b")))
                .containsExactly("a", "b", "c", "a");
        assertThat(deals(policy, 2, CallBuilder.ofPeer(Arrival.DIRECT, 1), busy("c", "a", "b")))
                .containsExactly("b", "c");
    }

    @Test
    void a_worker_that_is_gone_or_new_does_not_upset_the_turn() {
        SchedulingPolicy policy = create("auto,me");
        assertThat(deals(policy, 2, CallBuilder.ofCaller(), busy("a", "b", "c")))
                .containsExactly("a", "b");
        assertThat(deals(policy, 2, CallBuilder.ofCaller(), busy("a", "d"))).containsExactly("d", "a");
        assertThat(deals(policy, 1, CallBuilder.ofCaller(), busy())).containsExactly("here");
    }

    @Test
    void a_worker_that_refused_is_passed_over() {
        SchedulingPolicy policy = create("true");
        CallBuilder call = CallBuilder.ofCaller();
        assertThat(deals(policy, 1, call, busy("a", "b"))).containsExactly("a");
        assertThat(deals(policy, 1, call.refusedBy("a"), busy("a", "b"))).containsExactly("b");
        assertThat(deals(policy, 1, call.refusedBy("b"), busy("a", "b"))).containsExactly("here");
    }

    @Test
    void a_worker_sends_its_callers_calls_to_the_master_and_runs_what_the_master_sends() {
        SchedulingPolicy policy = create("false,m,true");
        assertThat(decide(policy, CallBuilder.ofCaller(), busy("a", "m")))
                .isEqualTo(new Decision.Forward(new NodeId("m")));
        assertThat(decide(policy, CallBuilder.ofPeer(Arrival.DIRECT, 2), busy("a", "m")))
                .isEqualTo(new Decision.RunHere(false));
    }

    @Test
    void without_the_master_calls_run_where_they_are() {
        SchedulingPolicy policy = create("false,m");
        assertThat(decide(policy, CallBuilder.ofCaller(), busy("a"))).isEqualTo(new Decision.RunHere(true));
        assertThat(decide(policy, CallBuilder.ofCaller().refusedBy("m"), busy("a", "m")))
                .isEqualTo(new Decision.RunHere(true));
        assertThat(decide(policy, CallBuilder.ofCaller(), busy("a", "m").linkDown()))
                .isEqualTo(new Decision.RunHere(true));
    }

    @Test
    void a_worker_that_the_master_chose_is_not_the_next_master() {
        SchedulingPolicy policy = create("");
        CallView dealt = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        assertThat(deals(policy, 1, dealt, busy("n", "z")))
                .as("the master is from0")
                .containsExactly("here");
        assertThat(deals(policy, 2, dealt, busy("a", "z")))
                .as("a is the master")
                .containsExactly("here", "here");
        CallView refused = CallBuilder.ofCaller().refusedBy("a");
        assertThat(deals(policy, 1, refused, busy("a", "z")))
                .as("the master refused")
                .containsExactly("here");
    }

    @Test
    void without_a_name_the_live_node_with_the_smallest_id_is_the_master() {
        assertThat(deals(create(""), 2, CallBuilder.ofCaller(), busy("x", "z"))).containsExactly("x", "z");
        assertThat(deals(create("auto,auto"), 2, CallBuilder.ofCaller(), busy("a", "z")))
                .containsExactly("a", "a");
    }
}
