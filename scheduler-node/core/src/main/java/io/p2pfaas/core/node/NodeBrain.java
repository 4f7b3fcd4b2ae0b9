package io.p2pfaas.core.node;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.policy.SchedulingPolicy.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling mind of a node: events in, effects out. It owns slots, queue, the view of the peers and the policy,
 * and has no I/O, no clock and no chance but the given random source: the live node and the simulator drive the same
 * class. Not thread-safe: the driver lets one thread in at a time.
 *
 * <p>Invariants, tested after every event: no more calls run than there are slots, no more wait than there are places,
 * and every call that arrived has ended in one state or is in flight ({@link Counters}).
 */
public final class NodeBrain {
    private static final class HeartbeatTimer extends TimerHeap.Timer {}

    private final Context context;
    private final CallLife life;
    private final Leaving leaving;
    private final TokenGiver tokenGiver;
    private final WorkSeeker workSeeker;
    private final HeartbeatTimer heartbeat = new HeartbeatTimer();
    private long wakeAtNanos = Long.MAX_VALUE;

    public NodeBrain(BrainSettings settings, SchedulingPolicy policy, RandomGenerator random) {
        this(settings, policy, random, LearnerSettings.DEFAULT);
    }

    /**
     * @param learning how its learner learns
     */
    public NodeBrain(
            BrainSettings settings, SchedulingPolicy policy, RandomGenerator random, LearnerSettings learning) {
        context = new Context(settings, policy, random, learning);
        life = new CallLife(context);
        leaving = new Leaving(context, life);
        tokenGiver = new TokenGiver(context);
        workSeeker = new WorkSeeker(context, life.away());
    }

    /**
     * Takes in one event.
     *
     * @param nowNanos the driver's monotonic clock; going back counts as standing still
     * @return what is to be done, in order; the list belongs to the caller
     */
    public List<Effect> on(Event event, long nowNanos) {
        context.nowNanos = Math.max(context.nowNanos, nowNanos);
        context.out = new ArrayList<>(4);
        take(event);
        wakeTimers();
        tellLoad();
        askToBeWoken();
        return context.out;
    }

    private void take(Event event) {
        if (event instanceof Event.CallArrived arrived) {
            life.arrive(arrived.call());
        } else if (event instanceof Event.ExecutionEnded ended) {
            life.executionEnded(ended.callId(), ended.end());
        } else if (event instanceof Event.ForwardArrived forward) {
            noteDirect(forward.call());
            life.arriveFromPeer(forward.call(), forward.origin(), forward.bodyFollows());
        } else if (event instanceof Event.ForwardAnswered answered) {
            hear(answered.answer().sample());
            life.away().answered(answered.attempt(), answered.answer());
        } else if (event instanceof Event.ForwardTooLarge large) {
            life.away().tooLarge(large.attempt());
        } else if (event instanceof Event.ForwardSent sent) {
            life.away().sent(sent.attempt());
        } else if (event instanceof Event.ForwardUndeliverable lost) {
            life.away().undeliverable(lost.attempt(), lost.certainly());
        } else if (event instanceof Event.CallerLeft left) {
            life.callerLeft(left.callId());
        } else {
            takeNews(event);
        }
    }

    private void takeNews(Event event) {
        if (event instanceof Event.SampleHeard heard) {
            hear(heard.sample());
        } else if (event instanceof Event.Told told) {
            takeNotice(told.notice(), told.sample());
        } else if (event instanceof Event.ProbeArrived probe) {
            context.out.add(new Effect.AnswerProbe(probe.replyTo(), context.takeSample()));
        } else if (event instanceof Event.ProbeAnswered answered) {
            hear(answered.sample());
            life.away().probes().answered(answered.probe(), answered.sample());
        } else if (event instanceof Event.PresenceHeard presence) {
            takePresence(presence);
        } else if (event instanceof Event.LinkUp) {
            context.linkUp = true;
        } else if (event instanceof Event.LinkDown) {
            context.linkUp = false;
            life.away().linkDown();
        } else if (event instanceof Event.FunctionsChanged changed) {
            context.use(changed);
        } else if (event instanceof Event.Reconfigured changed) {
            // First what may throw: a wrong bound must not leave half a change behind.
            context.admission.resize(changed.slots(), changed.queueMax());
            context.use(changed.policy());
            tokenGiver.clear();
            workSeeker.clear();
            context.sampleClock.changed();
            life.startWaiting();
        } else if (event instanceof Event.ShadowChanged changed) {
            context.shadow(changed.policy(), changed.random());
        } else if (event instanceof Event.Draining draining) {
            leaving.go(draining.hurry());
        } else if (event instanceof Event.Stopping) {
            life.away().stopAll();
        } else if (event instanceof Event.Woken) {
            // Also if it came a little early: a wish that is used up must be made again.
            wakeAtNanos = Long.MAX_VALUE;
        }
    }

    private void takeNotice(Notice notice, Sample sample) {
        hear(sample);
        switch (notice) {
            case FREE_SLOT -> {
                if (context.needs.notices() == Notices.FREE_SLOTS) {
                    context.tokens.add(sample, context.nowNanos);
                }
            }
            case WORK_WANTED -> workSeeker.wanted(sample.node());
            case NO_WORK -> workSeeker.noWork(sample.node());
        }
    }

    /** Perhaps it comes for a token of this node, or because this node asked. */
    private void noteDirect(Call call) {
        if (call.arrival() == Arrival.DIRECT) {
            NodeId from = call.path().get(call.hops() - 1);
            tokenGiver.spent(from);
            workSeeker.answered(from);
        }
    }

    private void hear(Sample sample) {
        context.peers.hear(sample, context.nowNanos);
        workSeeker.heard(sample);
    }

    private void takePresence(Event.PresenceHeard presence) {
        NodeId id = presence.peer();
        Peer before = context.peers.find(id);
        boolean restarted = before != null && presence.session() > before.session();
        boolean taken = context.peers.present(id, presence.state(), presence.session(), presence.functions());
        if (taken && (restarted || presence.state() == PeerState.LOST)) {
            life.away().peerLost(id);
        }
    }

    private void wakeTimers() {
        if (context.nowNanos >= wakeAtNanos) {
            wakeAtNanos = Long.MAX_VALUE;
        }
        TimerHeap.Timer due = context.timers.pollDue(context.nowNanos);
        while (due != null) {
            if (due instanceof TrackedCall tracked) {
                life.timeUp(tracked);
            }
            due = context.timers.pollDue(context.nowNanos);
        }
    }

    private void tellLoad() {
        context.counters.membershipChanges += context.memberships.update(
                context.needs.membership(),
                context.admission.load(),
                !context.draining && !context.functions.isEmpty(),
                context.out);
        tokenGiver.update();
        workSeeker.update();
        if (!context.linkUp) {
            context.timers.cancel(heartbeat);
            return;
        }
        boolean onChange = context.needs.samples();
        int peers = context.peers.size();
        if (context.sampleClock.dueNanos(peers, onChange) <= context.nowNanos) {
            context.out.add(new Effect.PublishSample(context.takeSample()));
            context.counters.samplesSent++;
            context.sampleClock.sent(context.nowNanos, context.random.nextDouble());
            context.forgetLink();
        }
        long next = context.sampleClock.dueNanos(peers, onChange);
        if (!heartbeat.isSet() || heartbeat.atNanos() != next) {
            context.timers.set(heartbeat, next);
        }
    }

    private void askToBeWoken() {
        long next = context.timers.nextNanos();
        if (next < wakeAtNanos) {
            wakeAtNanos = next;
            context.out.add(new Effect.WakeAt(next));
        }
    }

    /** How many timers are set, the heartbeat's included; for tests that look for leaks. */
    int timersSet() {
        return context.timers.size();
    }

    /** The load at this moment. */
    public Load load() {
        return context.admission.load();
    }

    /** What happened so far; changes with the next event. */
    public Counters counters() {
        return context.counters;
    }

    /** The peers that are there, ordered by id; changes with the next event. */
    public List<Peer> peers() {
        return context.peers.all();
    }

    /** How many peers are there. */
    public int peerCount() {
        return context.peers.size();
    }

    /** The policy in force. */
    public SchedulingPolicy policy() {
        return context.policy;
    }

    /** The policy that is asked beside the one in force; null if there is none. */
    public @Nullable SchedulingPolicy shadow() {
        Shadow shadow = context.shadow;
        return shadow == null ? null : shadow.policy();
    }

    /** The learner, which learns on whatever the policy in force is. */
    public Learner learner() {
        return context.learner;
    }

    /** Whether the broker link is up. */
    public boolean isLinkUp() {
        return context.linkUp;
    }

    /** Smoothed time from a publish to the broker's acknowledgement; 0 if there was none lately. */
    public long linkRoundTripNanos() {
        return context.linkRoundTripNanos;
    }
}
