package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.policy.LeastLoadedSpill;
import io.p2pfaas.core.policy.NoScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a node tells its load. */
final class TellingLoadTest {
    private static List<Effect.PublishSample> samples(Scene scene) {
        return scene.all(Effect.PublishSample.class);
    }

    @Test
    void the_first_sample_goes_out_when_the_link_comes_up() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));

        assertThat(samples(scene)).hasSize(1);
    }

    @Test
    void an_idle_node_says_so_once_per_heartbeat() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));

        assertThat(samples(scene.pass(20_000))).hasSizeBetween(18, 23);
    }

    @Test
    void heartbeats_are_spread_by_a_tenth() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));

        assertThat(samples(scene.pass(899))).isEmpty();
        assertThat(samples(scene.pass(202))).hasSize(1);
    }

    @Test
    void a_change_is_told_and_the_next_one_not_before_the_gap_is_over() {
        Scene scene = Scene.of(4, 0, new LeastLoadedSpill(4, 3)).pass(100);
        scene.call(NEVER);
        assertThat(samples(scene)).hasSize(1);

        scene.passUnnoticed(5).call(NEVER);
        scene.passUnnoticed(5).call(NEVER);
        assertThat(samples(scene)).isEmpty();
        scene.pass(9);
        assertThat(samples(scene)).isEmpty();

        scene.pass(1);
        assertThat(samples(scene)).hasSize(1);
        assertThat(samples(scene).get(0).sample().load().running()).isEqualTo(3);
    }

    @Test
    void the_last_change_is_told_even_if_nothing_happens_after_it() {
        Scene scene = Scene.of(4, 0, new LeastLoadedSpill(4, 3)).pass(100);
        Call call = scene.call(NEVER);
        scene.pass(10).ended(call);

        scene.pass(400);

        assertThat(samples(scene)).hasSize(1);
        assertThat(samples(scene).get(0).sample().load().running()).isZero();
    }

    @Test
    void changes_are_kept_for_the_heartbeat_if_nobody_lives_on_them() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true)).pass(100);

        scene.call(NEVER);

        assertThat(samples(scene)).isEmpty();
        assertThat(samples(scene.pass(500))).isEmpty();
    }

    @Test
    void at_rest_only_the_heartbeat_is_set() {
        Scene scene = Scene.of(2, 2, new LeastLoadedSpill(4, 3));
        Call first = scene.call(500);
        Call second = scene.call(500);
        scene.ended(first).ended(second).pass(5_000);

        assertThat(scene.brain().timersSet()).isOne();
        scene.on(new Event.LinkDown());
        assertThat(scene.brain().timersSet()).isZero();
    }
}
