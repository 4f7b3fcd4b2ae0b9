package io.p2pfaas.core.node;

import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.testing.Referee;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One brain, named {@code me}, with a clock in milliseconds that a test moves by hand, and short words for what
 * happens to it. Everything it does is checked by a {@link Referee} and kept until the next event.
 */
final class Scene {
    static final NodeId ME = new NodeId("me");
    static final NodeId A = new NodeId("a");
    static final NodeId B = new NodeId("b");
    static final FunctionName F = new FunctionName("f");
    static final long NEVER = Long.MAX_VALUE;

    private final NodeBrain brain;
    private final Referee referee;
    private long nowNanos = TimeUnit.SECONDS.toNanos(100);
    private long ids;
    private long seqs;
    private long wakeAtNanos = Long.MAX_VALUE;
    private List<Effect> effects = List.of();

    Scene(BrainSettings settings, SchedulingPolicy policy) {
        this(settings, policy, LearnerSettings.DEFAULT);
    }

    Scene(BrainSettings settings, SchedulingPolicy policy, LearnerSettings learning) {
        brain = new NodeBrain(
                settings, policy, RandomGeneratorFactory.of("L64X128MixRandom").create(1), learning);
        referee = new Referee(brain, settings);
        on(new Event.FunctionsChanged(Set.of(F)));
        on(new Event.LinkUp());
    }

    static Scene of(int slots, int queueMax, SchedulingPolicy policy) {
        return new Scene(BrainSettings.of(ME, 1, slots, queueMax), policy);
    }

    NodeBrain brain() {
        return brain;
    }

    Counters counters() {
        return brain.counters();
    }

    Scene on(Event event) {
        effects = referee.on(event, nowNanos);
        for (Effect effect : effects) {
            if (effect instanceof Effect.WakeAt wake) {
                wakeAtNanos = wake.atNanos();
            }
        }
        return this;
    }

    /** Moves the clock and wakes the brain as it wished, every time that it wished; keeps all that it did. */
    Scene pass(long millis) {
        long until = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Effect> all = new ArrayList<>();
        while (wakeAtNanos <= until) {
            nowNanos = wakeAtNanos;
            wakeAtNanos = Long.MAX_VALUE;
            all.addAll(on(new Event.Woken()).effects);
        }
        nowNanos = until;
        effects = all;
        return this;
    }

    /** Moves the clock and wakes nobody, as a busy driver would. */
    Scene passUnnoticed(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        return this;
    }

    long nowNanos() {
        return nowNanos;
    }

    long deadline(long millis) {
        return millis == NEVER ? NEVER : nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** A caller's call with so much time. */
    Call call(long budgetMillis) {
        return call(budgetMillis, 100, true, Routing.POLICY);
    }

    Call call(long budgetMillis, long bytes, boolean idempotent, Routing routing) {
        Call call = newCall(Arrival.CLIENT, List.of(), budgetMillis, bytes, idempotent, routing, F);
        on(new Event.CallArrived(call));
        return call;
    }

    Call callFor(FunctionName function) {
        Call call = newCall(Arrival.CLIENT, List.of(), NEVER, 100, true, Routing.POLICY, function);
        on(new Event.CallArrived(call));
        return call;
    }

    Call newCall(
            Arrival arrival,
            List<NodeId> path,
            long budgetMillis,
            long bytes,
            boolean idempotent,
            Routing routing,
            FunctionName function) {
        return new Call(
                ++ids, function, arrival, path, deadline(budgetMillis), bytes, idempotent, routing, 0, Payload.NONE);
    }

    /** So many calls that nobody will end. */
    Scene fill(int calls) {
        for (int i = 0; i < calls; i++) {
            call(NEVER);
        }
        return this;
    }

    static Origin originOf(NodeId peer) {
        return new Origin(peer, 7, 70);
    }

    /** A call that {@code peer} sends. */
    Call forward(NodeId peer, Arrival arrival, long budgetMillis) {
        return forward(peer, arrival, budgetMillis, false, originOf(peer));
    }

    Call forward(NodeId peer, Arrival arrival, long budgetMillis, boolean bodyFollows, Origin origin) {
        Call call = newCall(arrival, List.of(peer), budgetMillis, 100, true, Routing.POLICY, F);
        on(new Event.ForwardArrived(call, origin, bodyFollows));
        return call;
    }

    Scene ended(Call call) {
        return on(new Event.ExecutionEnded(call.id(), End.done(Payload.NONE)));
    }

    Sample sample(NodeId peer, int running, int queued) {
        return new Sample(peer, 1, ++seqs, new Load(running, 4, queued, 4));
    }

    /** Peers that are online and have said how busy they are. */
    Scene online(NodeId peer, int running, int queued) {
        on(new Event.PresenceHeard(peer, PeerState.ONLINE, 1, Set.of(F)));
        return on(new Event.SampleHeard(sample(peer, running, queued)));
    }

    Scene lost(NodeId peer) {
        return on(new Event.PresenceHeard(peer, PeerState.LOST, 1, Set.of()));
    }

    Scene refused(Effect.Forward forward, NodeId by) {
        return on(new Event.ForwardAnswered(
                forward.attempt(), new Answer.Refused(by, sample(by, 4, 4), Reason.QUEUE_FULL)));
    }

    Scene accepted(Effect.Forward forward, NodeId by, Answer.Phase phase) {
        return on(new Event.ForwardAnswered(forward.attempt(), new Answer.Accepted(by, sample(by, 4, 0), phase)));
    }

    Scene doneBy(Effect.Forward forward, NodeId by) {
        return on(new Event.ForwardAnswered(
                forward.attempt(), new Answer.Ended(by, sample(by, 4, 0), End.done(Payload.NONE), List.of(ME, by))));
    }

    Scene nobody(Effect.Forward forward) {
        return on(new Event.ForwardUndeliverable(forward.attempt()));
    }

    Scene tooLarge(Effect.Forward forward) {
        return on(new Event.ForwardTooLarge(forward.attempt()));
    }

    Scene sent(Effect.Forward forward) {
        return on(new Event.ForwardSent(forward.attempt()));
    }

    /** All effects of the last event of this kind, in order. */
    <E extends Effect> List<E> all(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only effect of this kind of the last event. */
    <E extends Effect> E only(Class<E> kind) {
        List<E> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + " but there is " + effects);
        }
        return found.get(0);
    }

    Effect.Forward sentOut() {
        return only(Effect.Forward.class);
    }

    /** Why the call whose reply is the last event's was not done; null if it was. */
    @Nullable
    Reason replyReason() {
        return only(Effect.Reply.class).end().reason();
    }

    /** The last event's answer to a peer. */
    Answer answer() {
        return only(Effect.AnswerOrigin.class).answer();
    }

    boolean isQuiet() {
        return effects.stream().allMatch(Effect.WakeAt.class::isInstance);
    }

    /** The groups that the last event made the brain join or leave, as {@code +SLOT} or {@code -QUEUE}. */
    List<String> memberships() {
        return all(Effect.Membership.class).stream()
                .map(change -> (change.joined() ? "+" : "-") + change.group())
                .toList();
    }
}
