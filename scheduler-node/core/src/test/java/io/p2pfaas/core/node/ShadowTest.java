package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.DecisionKind;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.PowerOfNScheduler;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What a shadow would decide is counted, and nothing else is different. */
final class ShadowTest {
    private static Event.ShadowChanged shadow(SchedulingPolicy policy) {
        return new Event.ShadowChanged(
                policy, RandomGeneratorFactory.of("L64X128MixRandom").create(9));
    }

    private static ShadowCounts counts(Scene scene) {
        return scene.counters().shadow();
    }

    @Test
    void its_decisions_are_counted_beside_the_real_ones_and_not_carried_out() {
        Scene scene = Scene.of(4, 0, new NoScheduler(false)).online(A, 0, 0);
        scene.on(shadow(new ForwardScheduler(1)));

        scene.call(NEVER);
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        scene.call(NEVER);

        assertThat(counts(scene).of(DecisionKind.RUN_HERE, DecisionKind.FORWARD))
                .isEqualTo(2);
        assertThat(counts(scene).asked()).isEqualTo(2);
    }

    @Test
    void the_same_peer_is_counted_and_a_new_shadow_begins_at_zero() {
        Scene scene = Scene.of(4, 0, new ForwardScheduler(1)).online(A, 0, 0);
        scene.on(shadow(new ForwardScheduler(1)));
        scene.call(NEVER);

        assertThat(counts(scene).of(DecisionKind.FORWARD, DecisionKind.FORWARD)).isOne();
        assertThat(counts(scene).samePeer()).isOne();

        scene.on(shadow(new NoScheduler(false)));
        assertThat(counts(scene).asked()).isZero();
        assertThat(counts(scene).samePeer()).isZero();
    }

    @Test
    void probes_that_it_wants_are_answered_by_samples_that_are_known() {
        Scene scene = Scene.of(4, 0, new NoScheduler(false)).online(A, 0, 0);
        scene.on(shadow(new PowerOfNScheduler(1, 1, true, 1)));
        scene.fill(2);

        assertThat(counts(scene).fromSamples()).isOne();
        assertThat(counts(scene).of(DecisionKind.RUN_HERE, DecisionKind.RUN_HERE))
                .isOne();
        assertThat(counts(scene).of(DecisionKind.RUN_HERE, DecisionKind.FORWARD))
                .isOne();
        assertThat(scene.all(Effect.Probe.class)).isEmpty();
        assertThat(scene.counters().probesSent()).isZero();
    }

    @Test
    void its_faults_touch_no_call_and_are_told_as_the_shadows() {
        Scene scene = Scene.of(4, 0, new NoScheduler(false));
        scene.on(shadow(ScriptedPolicy.of((call, cluster) -> {
            throw new StackOverflowError();
        })));

        scene.call(NEVER);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.only(Effect.PolicyFaulted.class).shadow()).isTrue();
        assertThat(scene.counters().policyFaults()).isZero();
        assertThat(counts(scene).of(DecisionKind.RUN_HERE, DecisionKind.FAULT)).isOne();
    }

    @Test
    void the_real_decisions_are_the_same_with_and_without() {
        assertThat(forwards(true)).isEqualTo(forwards(false)).hasSize(40);
    }

    /** The peers that the real policy draws, many times. */
    private static List<Object> forwards(boolean shadowed) {
        Scene scene = Scene.of(4, 0, new ForwardScheduler(1)).online(A, 0, 0).online(B, 0, 0);
        scene.online(new io.p2pfaas.core.model.NodeId("c"), 1, 0);
        if (shadowed) {
            scene.on(shadow(ScriptedPolicy.of((call, cluster) -> {
                cluster.drawLive(
                        2,
                        RandomGeneratorFactory.of("L64X128MixRandom")
                                .create(call.call().id()));
                return new Decision.RunHere(true);
            })));
        }
        List<Object> targets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            scene.call(NEVER);
            targets.add(String.valueOf(scene.sentOut().target()));
        }
        return targets;
    }

    @Test
    void without_a_shadow_nobody_is_asked() {
        Scene scene = Scene.of(4, 0, new NoScheduler(false));
        scene.on(shadow(new NoScheduler(false)));
        scene.on(new Event.ShadowChanged(
                null, RandomGeneratorFactory.of("L64X128MixRandom").create(9)));

        scene.call(NEVER);

        assertThat(counts(scene).asked()).isZero();
        assertThat(scene.brain().shadow()).isNull();
    }
}
