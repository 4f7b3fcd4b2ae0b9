package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.F;
import static io.p2pfaas.core.node.Scene.ME;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.NoScheduler;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RepliesTest {
    private static final Origin ORIGIN = Scene.originOf(A);

    private final Context context = new Context(
            BrainSettings.of(ME, 1, 1, 0),
            new NoScheduler(true),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            LearnerSettings.DEFAULT);
    private final Replies replies = new Replies(context);

    private static TrackedCall call(@Nullable Origin origin) {
        Arrival arrival = origin == null ? Arrival.CLIENT : Arrival.DIRECT;
        List<NodeId> path = origin == null ? List.of() : List.of(origin.node());
        return new TrackedCall(
                new Call(1, F, arrival, path, Long.MAX_VALUE, 100, true, Routing.POLICY, 0, Payload.NONE), origin, 40);
    }

    private Effect only() {
        assertThat(context.out).hasSize(1);
        return context.out.get(0);
    }

    private Answer answer() {
        assertThat(only())
                .isInstanceOfSatisfying(
                        Effect.AnswerOrigin.class,
                        answer -> assertThat(answer.origin()).isEqualTo(ORIGIN));
        return ((Effect.AnswerOrigin) only()).answer();
    }

    @Test
    void a_caller_hears_the_end_and_where_its_call_was() {
        TrackedCall tracked = call(null);
        tracked.placedNanos = 100;
        tracked.probesSent = 2;
        replies.ended(tracked, End.done(Payload.NONE), List.of(ME, A));

        assertThat(only()).isInstanceOfSatisfying(Effect.Reply.class, reply -> {
            assertThat(reply.end().state()).isEqualTo(EndState.DONE);
            assertThat(reply.placement().path()).containsExactly(ME, A);
            assertThat(reply.placement().schedulingNanos()).isEqualTo(60);
            assertThat(reply.placement().probes()).isEqualTo(2);
        });
        assertThat(context.counters.endedIn(EndState.DONE, false)).isEqualTo(1);
    }

    @Test
    void a_peer_hears_the_end_and_who_had_the_call() {
        replies.ended(call(ORIGIN), End.of(Reason.FUNCTION_BROKEN), List.of(A, ME));

        assertThat(answer()).isInstanceOfSatisfying(Answer.Ended.class, ended -> {
            assertThat(ended.end().reason()).isEqualTo(Reason.FUNCTION_BROKEN);
            assertThat(ended.path()).containsExactly(A, ME);
        });
        assertThat(context.counters.endedIn(EndState.FAILED, true)).isEqualTo(1);
        assertThat(context.counters.notDone(Reason.FUNCTION_BROKEN)).isEqualTo(1);
    }

    @Test
    void nobody_waits_to_hear_that_a_booking_has_lapsed() {
        replies.ended(call(ORIGIN), End.of(Reason.BOOKING_LAPSED), List.of(A, ME));

        assertThat(context.out).isEmpty();
        assertThat(context.counters.notDone(Reason.BOOKING_LAPSED)).isEqualTo(1);
    }

    @Test
    void a_peers_call_that_is_turned_away_counts_as_rejected() {
        replies.turnedAway(call(ORIGIN), ORIGIN, Reason.QUEUE_FULL);

        assertThat(answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL));
        assertThat(context.counters.endedIn(EndState.REJECTED, true)).isEqualTo(1);
        assertThat(context.counters.notDone(Reason.QUEUE_FULL)).isEqualTo(1);
    }

    @Test
    void a_peer_is_told_whether_its_call_waits_or_runs() {
        TrackedCall tracked = call(ORIGIN);
        tracked.phase = Phase.QUEUED;
        replies.confirmed(tracked);
        assertThat(answer())
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        accepted -> assertThat(accepted.phase()).isEqualTo(Answer.Phase.QUEUED));

        context.out.clear();
        tracked.phase = Phase.RUNNING;
        replies.confirmed(tracked);
        assertThat(answer())
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        accepted -> assertThat(accepted.phase()).isEqualTo(Answer.Phase.RUNNING));
    }

    @Test
    void a_caller_is_not_told_that_its_call_is_taken() {
        replies.accepted(call(null), Answer.Phase.RUNNING);

        assertThat(context.out).isEmpty();
    }
}
