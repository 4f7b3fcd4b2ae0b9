package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.ME;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFailure;
import io.p2pfaas.core.policy.PolicyFault;
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
                new Fault("recurses for ever", (call, cluster) -> endless(cluster)),
                new Fault("misses a class", (call, cluster) -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                }),
                new Fault("throws what cannot be told", (call, cluster) -> {
                    throw new Untellable();
                }),
                new Fault("forwards to nobody", (call, cluster) -> new Decision.Forward(nobody())),
                new Fault(
                        "probes a stranger", (call, cluster) -> new Decision.ProbeFirst(List.of(new NodeId("ghost")))),
                new Fault("probes itself", (call, cluster) -> new Decision.ProbeFirst(List.of(ME))),
                new Fault("rejects as if it had run", (call, cluster) -> new Decision.Reject(Reason.PEER_LOST)),
                new Fault("waits beyond all time", (call, cluster) -> new Decision.WaitUntil(Long.MAX_VALUE)),
                new Fault("waits in the past", (call, cluster) -> new Decision.WaitUntil(0)),
                new Fault("waits for ever", (call, cluster) -> new Decision.WaitUntil(cluster.nowNanos() + 1_000)));
    }

    /** An exception whose message is faulty code too. */
    private static final class Untellable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }
    }

    private static Decision endless(ClusterView cluster) {
        return cluster == null ? new Decision.RunHere(true) : endless(cluster);
    }

    @SuppressWarnings("NullAway") // What a plug-in without null checks may well do.
    private static Decision nothing() {
        return null;
    }

    @SuppressWarnings("NullAway")
    private static NodeId nobody() {
        return null;
    }

    @Test
    void each_fault_is_told_with_its_number_so_that_the_first_of_its_kind_can_be_logged() {
        Scene scene = Scene.of(4, 0, ScriptedPolicy.of((call, cluster) -> {
            throw new IllegalStateException("on purpose");
        }));

        scene.call(NEVER);
        Effect.PolicyFaulted first = scene.only(Effect.PolicyFaulted.class);
        scene.call(NEVER);
        Effect.PolicyFaulted second = scene.only(Effect.PolicyFaulted.class);

        assertThat(first.policy()).isEqualTo("Scripted");
        assertThat(first.fault()).isEqualTo(PolicyFault.THREW);
        assertThat(first.nth()).isOne();
        assertThat(first.detail()).contains("IllegalStateException: on purpose", "FaultyPolicyTest");
        assertThat(second.nth()).isEqualTo(2);
        assertThat(scene.counters().policyFaults(PolicyFault.THREW)).isEqualTo(2);
    }

    @Test
    void what_stands_before_a_policy_can_say_what_is_wrong_with_it() {
        Scene scene = Scene.of(1, 0, ScriptedPolicy.of((call, cluster) -> {
            throw new PolicyFailure(PolicyFault.TOO_SLOW, "it did not decide within 100 ms", null);
        }));

        scene.call(NEVER);

        assertThat(scene.only(Effect.PolicyFaulted.class).detail()).isEqualTo("it did not decide within 100 ms");
        assertThat(scene.counters().policyFaults(PolicyFault.TOO_SLOW)).isOne();
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void another_policy_begins_without_faults() {
        Scene scene = Scene.of(4, 0, ScriptedPolicy.of((call, cluster) -> nothing()));
        scene.call(NEVER);
        scene.on(new Event.Reconfigured(4, 0, ScriptedPolicy.of((call, cluster) -> nothing())));

        scene.call(NEVER);

        assertThat(scene.only(Effect.PolicyFaulted.class).nth()).isOne();
        assertThat(scene.counters().policyFaults()).isEqualTo(2);
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
