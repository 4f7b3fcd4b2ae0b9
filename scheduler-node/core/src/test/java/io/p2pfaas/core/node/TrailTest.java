package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Attempted;
import io.p2pfaas.core.model.CallTrail.Candidate;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.PeerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is written down about calls that somebody wants to know of. */
final class TrailTest {
    private record Watched(CallTrail trail) implements Payload {}

    private final CallTrail trail = new CallTrail(true);

    private Call call(Scene scene, Routing routing) {
        Call call = watched(scene.newCall(Arrival.CLIENT, List.of(), NEVER, 100, true, routing, Scene.F));
        scene.on(new Event.CallArrived(call));
        return call;
    }

    private Call watched(Call like) {
        return new Call(
                like.id(),
                like.function(),
                like.arrival(),
                like.path(),
                like.deadlineNanos(),
                like.payloadBytes(),
                like.idempotent(),
                like.routing(),
                like.taskType(),
                new Watched(trail));
    }

    private List<String> choices() {
        return trail.decisions().stream().map(Decided::choice).toList();
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    @Test
    void a_refused_forward_is_told_with_its_time_and_what_followed() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0).online(B, 3, 0);
        long start = scene.nowNanos();
        call(scene, Routing.POLICY);
        Effect.Forward first = scene.sentOut();
        NodeId chosen = Objects.requireNonNull(first.target());
        NodeId other = chosen.equals(A) ? B : A;
        scene.pass(30).refused(first, chosen);
        Effect.Forward second = scene.sentOut();
        scene.pass(10).doneBy(second, other);

        assertThat(choices()).containsExactly("forward " + chosen, "forward " + other);
        assertThat(trail.decisions()).extracting(Decided::policy).containsOnly("ForwardScheduler(1)");
        assertThat(trail.attempts())
                .containsExactly(
                        new Attempted(first.attempt(), chosen.value(), start, start + millis(30), "refused queue_full"),
                        new Attempted(second.attempt(), other.value(), start + millis(30), start + millis(40), "done"));
    }

    @Test
    void peers_are_named_with_load_and_age_and_whether_the_policy_looked_at_them() {
        Scene scene = Scene.of(1, 1, ScriptedPolicy.of((call, cluster) -> {
                    PeerView only = cluster.peer(A);
                    return new Decision.Forward(only.id());
                }))
                .online(A, 2, 1)
                .online(B, 3, 0);
        scene.passUnnoticed(210);
        call(scene, Routing.POLICY);

        assertThat(trail.decisions().get(0).candidates())
                .containsExactly(
                        new Candidate(A, new Load(2, 4, 1, 4), millis(210), true, true),
                        new Candidate(B, new Load(3, 4, 0, 4), millis(210), true, false));
        assertThat(trail.decisions().get(0).own()).isEqualTo(new Load(0, 1, 0, 1));
    }

    @Test
    void a_stale_sample_is_told_as_what_it_is() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).online(A, 2, 0);
        scene.passUnnoticed(60_000);
        call(scene, Routing.POLICY);

        Candidate stale = trail.decisions().get(0).candidates().get(0);
        assertThat(stale.isFresh()).isFalse();
        assertThat(stale.load()).isEqualTo(new Load(2, 4, 0, 4));
        assertThat(stale.ageNanos()).isEqualTo(millis(60_000));
    }

    @Test
    void what_was_to_run_here_is_told_as_run_queued_or_rejected() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        call(scene, Routing.POLICY);
        call(scene, Routing.POLICY);
        call(scene, Routing.POLICY);

        assertThat(choices()).containsExactly("run here", "queue", "reject queue_full");
        assertThat(trail.queuedNanos()).isEqualTo(scene.nowNanos());
        assertThat(trail.attempts()).isEmpty();
    }

    @Test
    void a_decision_that_cannot_be_carried_out_is_not_hidden() {
        Scene scene = Scene.of(1, 1, ScriptedPolicy.of((call, cluster) -> new Decision.Forward(B)));
        call(scene, Routing.POLICY);

        assertThat(choices()).containsExactly("run here instead of forward b");
    }

    @Test
    void probes_and_waits_are_decisions_too() {
        Scene scene = Scene.of(1, 1, ScriptedPolicy.of((call, cluster) -> {
                    if (!call.probed()) {
                        return new Decision.ProbeFirst(List.of(A));
                    }
                    return call.probeAnswers().isEmpty()
                            ? new Decision.Reject(Reason.NO_SLOT)
                            : new Decision.WaitUntil(cluster.nowNanos() + millis(5));
                }))
                .online(A, 0, 0);
        call(scene, Routing.POLICY);
        Effect.Probe probe = scene.only(Effect.Probe.class);
        scene.on(new Event.ProbeAnswered(probe.probe(), scene.sample(A, 1, 0)));

        assertThat(choices()).containsExactly("probe a", "wait 5 ms");
        assertThat(trail.decisions()).allMatch(Decided::isPreliminary);
        assertThat(trail.decisions().get(1).candidates()).allMatch(Candidate::isLookedAt);
    }

    @Test
    void a_call_that_names_its_own_routing_is_told_with_that() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
        call(scene, Routing.BYPASS);
        call(scene, Routing.REJECT);
        call(scene, Routing.FORWARD);

        assertThat(choices()).containsExactly("run here", "reject deliberate", "forward a");
        assertThat(trail.decisions())
                .extracting(Decided::policy)
                .containsExactly("NoScheduler", "RejectScheduler", "ForwardScheduler(1)");
    }

    @Test
    void silence_and_the_end_of_the_callers_time_end_an_attempt() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
        call(scene, Routing.POLICY);
        scene.sent(scene.sentOut()).pass(1_000);

        assertThat(choices()).containsExactly("forward a", "run here");
        assertThat(trail.attempts()).extracting(Attempted::result).containsExactly("peer_silent");
    }

    @Test
    void a_decision_is_told_before_what_follows_from_it_and_only_of_calls_that_are_watched() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
        List<Effect> effects = new ArrayList<>();
        call(scene, Routing.POLICY);
        effects.addAll(scene.all(Effect.class));

        assertThat(effects.get(0)).isInstanceOf(Effect.Decided.class);
        assertThat(effects.get(1)).isInstanceOf(Effect.Forward.class);
        assertThat(scene.only(Effect.Decided.class).decided().choice()).isEqualTo("forward a");
        scene.call(NEVER);
        assertThat(scene.all(Effect.Decided.class)).isEmpty();
    }

    @Test
    void a_booked_call_goes_on_with_what_was_written_before_its_body_came() {
        CallTrail booking = new CallTrail(false);
        booking.decided(new Decided(1, "p", "queue", new Load(1, 1, 0, 1), List.of()));
        booking.queued(1);

        trail.decided(new Decided(5, "p", "run here", new Load(0, 1, 0, 1), List.of()));
        trail.follow(booking);

        assertThat(choices()).containsExactly("queue", "run here");
        assertThat(trail.queuedNanos()).isOne();
    }

    @Test
    void a_trail_does_not_grow_without_end() {
        for (int i = 0; i < 2 * CallTrail.MAX_STEPS; i++) {
            trail.decided(new Decided(i, "p", "wait 1 ms", new Load(0, 1, 0, 1), List.of()));
            trail.sent(i, "a", i);
            trail.attemptEnded(A, "done", i);
        }

        assertThat(trail.decisions()).hasSize(CallTrail.MAX_STEPS);
        assertThat(trail.attempts()).hasSize(CallTrail.MAX_STEPS);
    }
}
