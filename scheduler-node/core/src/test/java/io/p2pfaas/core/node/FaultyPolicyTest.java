package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.ME;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy may be a plug-in: whatever it does, the call must not suffer, and the fault is counted. */
final class FaultyPolicyTest {
    /** Something that no policy should decide. */
    record Fault(String name, BiFunction<CallView, ClusterView, Decision> script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fault> faults() {
        return List.of(
                new Fault("throws", (call, cluster) -> {
                    throw new IllegalStateException("on purpose");
                }),
                new Fault("decides nothing", (call, cluster) -> nothing()),
                new Fault("forwards to itself", (call, cluster) -> new Decision.Forward(ME)),
                new Fault("forwards to a stranger", (call, cluster) -> new Decision.Forward(new NodeId("ghost"))),
                new Fault("probes nobody", (call, cluster) -> new Decision.ProbeFirst(List.of())),
                new Fault("waits for ever in the past", (call, cluster) -> new Decision.WaitUntil(0)),
                new Fault("waits for ever", (call, cluster) -> new Decision.WaitUntil(cluster.nowNanos() + 1_000)));
    }

    @SuppressWarnings("NullAway") // What a plug-in without null checks may well do.
    private static Decision nothing() {
        return null;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void the_call_runs_here_and_the_fault_is_counted(Fault fault) {
        Scene scene = Scene.of(1, 0, ScriptedPolicy.of(fault.script())).online(A, 0, 0);

        scene.call(NEVER);
        scene.pass(100);

        assertThat(scene.brain().load().running()).isOne();
        assertThat(scene.counters().policyFaults()).isOne();
    }

    @Test
    void a_peer_that_refused_is_not_asked_again_whatever_the_policy_says() {
        Scene scene = Scene.of(1, 0, ScriptedPolicy.of((call, cluster) -> new Decision.Forward(A)))
                .online(A, 0, 0);
        scene.call(NEVER);

        scene.refused(scene.sentOut(), A);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.counters().policyFaults()).isOne();
    }

    @Test
    void endless_offers_end_at_the_nodes_limit() {
        Scene scene = new Scene(
                Settings.of(1, 0).maxAttempts(5).build(),
                ScriptedPolicy.of((call, cluster) -> new Decision.Offer(SpillGroup.SLOT)));
        scene.call(NEVER);
        for (int i = 0; i < 4; i++) {
            scene.nobody(scene.sentOut());
        }

        scene.nobody(scene.sentOut());

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void endless_probing_is_a_fault() {
        Scene scene = Scene.of(1, 0, ScriptedPolicy.of((call, cluster) -> new Decision.ProbeFirst(List.of(A))))
                .online(A, 0, 0);
        scene.call(NEVER);

        scene.pass(250);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.counters().policyFaults()).isOne();
    }

    @Test
    void waiting_is_no_fault_and_ends_with_another_question() {
        long[] until = new long[1];
        Scene scene = Scene.of(1, 0, ScriptedPolicy.of((call, cluster) -> {
            if (cluster.nowNanos() < until[0]) {
                return new Decision.WaitUntil(until[0]);
            }
            return new Decision.RunHere(false);
        }));
        until[0] = scene.nowNanos() + 10_000_000;
        scene.call(NEVER);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();

        scene.pass(10);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.counters().policyFaults()).isZero();
        assertThat(scene.brain().timersSet()).isEqualTo(2);
    }
}
