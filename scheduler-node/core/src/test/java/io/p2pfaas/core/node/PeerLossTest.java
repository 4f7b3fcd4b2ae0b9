package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.ForwardScheduler;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of calls that are away when the peer dies or the link breaks. */
final class PeerLossTest {
    private static Scene forwarding() {
        return Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
    }

    @Test
    void a_peer_that_dies_while_it_is_asked_costs_no_waiting() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER, 1, false, Routing.POLICY);
        scene.sentOut();

        scene.lost(A);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void callers_are_told_when_this_node_goes_while_a_peer_has_their_call() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER, 1, true, Routing.POLICY);
        scene.accepted(scene.sentOut(), A, Answer.Phase.RUNNING);

        scene.on(new Event.Stopping());

        Effect.Reply reply = scene.only(Effect.Reply.class);
        assertThat(reply.call()).isEqualTo(call);
        assertThat(reply.end().reason()).isEqualTo(Reason.NODE_STOPPED);
    }

    @Test
    void what_waited_at_a_peer_that_died_runs_elsewhere_even_if_it_may_run_only_once() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER, 1, false, Routing.POLICY);
        scene.accepted(scene.sentOut(), A, Answer.Phase.QUEUED);

        scene.lost(A);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void what_ran_at_a_peer_that_died_runs_again_if_it_is_idempotent() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER, 1, true, Routing.POLICY);
        scene.accepted(scene.sentOut(), A, Answer.Phase.RUNNING);

        scene.lost(A);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void what_a_leaving_peer_could_not_finish_runs_again_if_it_is_idempotent() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER, 1, true, Routing.POLICY);
        Effect.Forward away = scene.sentOut();

        scene.on(new Event.ForwardAnswered(
                away.attempt(), new Answer.Ended(A, scene.sample(A, 1, 0), End.of(Reason.NODE_STOPPED), List.of())));

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void what_ran_at_a_peer_that_died_fails_if_it_may_run_only_once() {
        Scene scene = forwarding();
        scene.call(NEVER, 1, false, Routing.POLICY);
        scene.accepted(scene.sentOut(), A, Answer.Phase.RUNNING);

        scene.lost(A);

        assertThat(scene.replyReason()).isEqualTo(Reason.PEER_LOST);
    }

    @Test
    void a_confirmation_that_is_repeated_late_does_not_undo_that_the_call_runs() {
        Scene scene = forwarding();
        scene.call(NEVER, 1, false, Routing.POLICY);
        Effect.Forward forward = scene.sentOut();
        scene.accepted(forward, A, Answer.Phase.RUNNING);
        scene.accepted(forward, A, Answer.Phase.QUEUED);

        scene.lost(A);

        assertThat(scene.replyReason()).isEqualTo(Reason.PEER_LOST);
    }

    @Test
    void a_peer_that_comes_back_with_a_higher_session_has_lost_what_it_had() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER);
        scene.accepted(scene.sentOut(), A, Answer.Phase.RUNNING);

        scene.on(new Event.PresenceHeard(A, PeerState.ONLINE, 2, Set.of(Scene.F)));

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void the_will_of_a_former_session_is_ignored() {
        Scene scene = forwarding();
        scene.on(new Event.PresenceHeard(A, PeerState.ONLINE, 5, Set.of(Scene.F)));
        scene.call(NEVER);
        scene.accepted(scene.sentOut(), A, Answer.Phase.RUNNING);

        scene.on(new Event.PresenceHeard(A, PeerState.LOST, 4, Set.of()));

        assertThat(scene.isQuiet()).isTrue();
    }

    @Test
    void when_the_link_breaks_unaccepted_calls_come_home_and_accepted_ones_may_still_end_away() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0).online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward accepted = scene.sentOut();
        NodeId taker = Objects.requireNonNull(accepted.target());
        scene.accepted(accepted, taker, Answer.Phase.RUNNING);
        Call asked = scene.call(NEVER);

        scene.on(new Event.LinkDown());
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(asked);

        scene.on(new Event.LinkUp()).doneBy(accepted, taker);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void without_a_link_calls_run_here_and_nothing_is_sent() {
        Scene scene = forwarding();
        scene.on(new Event.LinkDown());

        scene.call(NEVER);
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        scene.pass(5_000);
        assertThat(scene.all(Effect.PublishSample.class)).isEmpty();
    }
}
