package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A mad driver: sensible events and nonsense (unknown ids, repetitions, answers from strangers, jumps of the clock) in
 * random order. Only the one promise is kept that a driver must keep: call ids are not used twice.
 */
final class RandomEvents {
    private static final long MAX_BUDGET_NANOS = 2_000_000_000L;
    private static final Reason[] REFUSALS = {Reason.NO_SLOT, Reason.QUEUE_FULL, Reason.NO_TAKER, Reason.DRAINING};
    private static final Notice[] NOTICES = Notice.values();
    private static final FunctionName UNKNOWN = new FunctionName("unknown");

    private final RandomGenerator random;
    private final List<SchedulingPolicy> policies;
    private final List<NodeId> nodes = new ArrayList<>();
    private final List<Effect.Forward> forwards = new ArrayList<>();
    private final List<Effect.Probe> probes = new ArrayList<>();
    private final List<Long> executions = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private long ids;

    RandomEvents(RandomGenerator random, List<SchedulingPolicy> policies) {
        this.random = random;
        this.policies = policies;
        for (int i = 0; i < 5; i++) {
            nodes.add(new NodeId("p" + i));
        }
        nodes.add(Scene.ME);
    }

    /** Remembers what may be answered. */
    void saw(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Forward forward) {
                forwards.add(forward);
            } else if (effect instanceof Effect.Probe probe) {
                probes.add(probe);
            } else if (effect instanceof Effect.Execute execute) {
                executions.add(execute.call().id());
            }
        }
    }

    long stepNanos() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextLong(3_000_000_000L);
            default -> random.nextLong(60_000_000L);
        };
    }

    Event next(long nowNanos) {
        return switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4 -> new Event.CallArrived(call(Arrival.CLIENT, nowNanos));
            case 5, 6, 7 -> forwardArrived(nowNanos);
            case 8, 9, 10, 11 -> new Event.ExecutionEnded(pickId(executions), end());
            case 12, 13, 14 -> new Event.ForwardAnswered(attempt(), answer());
            case 15 -> new Event.ForwardSent(attempt());
            case 16 ->
                random.nextBoolean()
                        ? new Event.ForwardUndeliverable(attempt(), random.nextBoolean())
                        : new Event.ForwardTooLarge(attempt());
            case 17 -> new Event.CallerLeft(random.nextLong(ids + 2));
            case 18 -> new Event.ProbeAnswered(probe(), sample());
            case 19 -> new Event.SampleHeard(sample());
            case 20 -> presence();
            case 21 -> new Event.Woken();
            case 22 -> news();
            case 23, 24 -> new Event.Told(NOTICES[random.nextInt(NOTICES.length)], sample());
            default -> new Event.ProbeArrived(Payload.NONE);
        };
    }

    private Event news() {
        return switch (random.nextInt(8)) {
            case 0 -> new Event.LinkDown();
            case 1 -> new Event.FunctionsChanged(random.nextInt(4) == 0 ? Set.of() : Set.of(Scene.F));
            case 2 ->
                new Event.Reconfigured(
                        1 + random.nextInt(4), random.nextInt(4), policies.get(random.nextInt(policies.size())));
            case 3 ->
                random.nextInt(20) == 0
                        ? random.nextBoolean() ? new Event.Draining(random.nextBoolean()) : new Event.Stopping()
                        : new Event.Woken();
            default -> new Event.LinkUp();
        };
    }

    private Call call(Arrival arrival, long nowNanos) {
        List<NodeId> path = new ArrayList<>();
        int hops = arrival == Arrival.CLIENT ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < hops; i++) {
            path.add(node());
        }
        Routing[] routings = Routing.values();
        return new Call(
                ++ids,
                random.nextInt(20) == 0 ? UNKNOWN : Scene.F,
                arrival,
                path,
                nowNanos - 10_000_000 + random.nextLong(MAX_BUDGET_NANOS),
                random.nextInt(4) == 0 ? 1_000_000 : 10,
                random.nextBoolean(),
                random.nextInt(5) == 0 ? routings[random.nextInt(routings.length)] : Routing.POLICY,
                0,
                Payload.NONE);
    }

    private Event forwardArrived(long nowNanos) {
        Arrival[] arrivals = {Arrival.DIRECT, Arrival.SPILL, Arrival.SPILL_QUEUE};
        Origin origin = origin();
        origins.add(origin);
        return new Event.ForwardArrived(
                call(arrivals[random.nextInt(arrivals.length)], nowNanos), origin, random.nextInt(3) == 0);
    }

    /** A new call's, that of one that was here, or a later try of one. */
    private Origin origin() {
        if (origins.isEmpty() || random.nextInt(3) > 0) {
            return new Origin(node(), 1, ids, random.nextInt(4) == 0 ? Origin.UNNAMED : ids);
        }
        Origin known = origins.get(random.nextInt(origins.size()));
        return random.nextBoolean() ? known : new Origin(known.node(), 2, ids, known.call());
    }

    private End end() {
        return random.nextInt(4) == 0 ? End.of(Reason.FUNCTION_BROKEN) : End.done(Payload.NONE);
    }

    private Answer answer() {
        NodeId by = node();
        return switch (random.nextInt(3)) {
            case 0 -> new Answer.Refused(by, sample(), REFUSALS[random.nextInt(REFUSALS.length)]);
            case 1 -> new Answer.Ended(by, sample(), end(), random.nextBoolean() ? List.of() : List.of(Scene.ME, by));
            default -> {
                Answer.Phase[] phases = Answer.Phase.values();
                yield new Answer.Accepted(by, sample(), phases[random.nextInt(phases.length)]);
            }
        };
    }

    private Sample sample() {
        Load load = new Load(random.nextInt(5), 4, random.nextInt(3), 2);
        return new Sample(node(), random.nextInt(3), random.nextInt(1_000), load);
    }

    private Event presence() {
        PeerState[] states = {PeerState.ONLINE, PeerState.ONLINE, PeerState.ONLINE, PeerState.DRAINING, PeerState.LOST};
        return new Event.PresenceHeard(
                node(),
                states[random.nextInt(states.length)],
                random.nextInt(3),
                random.nextInt(6) == 0 ? Set.of(UNKNOWN) : Set.of(Scene.F));
    }

    private NodeId node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private long attempt() {
        return forwards.isEmpty() || random.nextInt(10) == 0
                ? random.nextLong(100)
                : forwards.get(forwards.size() - 1 - random.nextInt(Math.min(forwards.size(), 6)))
                        .attempt();
    }

    private long probe() {
        return probes.isEmpty() || random.nextInt(10) == 0
                ? random.nextLong(100)
                : probes.get(probes.size() - 1 - random.nextInt(Math.min(probes.size(), 4)))
                        .probe();
    }

    private long pickId(List<Long> from) {
        return from.isEmpty() || random.nextInt(10) == 0
                ? random.nextLong(ids + 2)
                : from.get(from.size() - 1 - random.nextInt(Math.min(from.size(), 6)));
    }
}
