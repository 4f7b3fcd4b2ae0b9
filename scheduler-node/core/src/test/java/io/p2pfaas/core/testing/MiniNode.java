package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One life of a node: a brain, and the hands that carry out its effects in virtual time. After {@link #kill()} nothing
 * that was planned for it happens any more; a restarted node is a new object with a higher session.
 */
public final class MiniNode {
    static final FunctionName FUNCTION = new FunctionName("f");

    private record ProbeReply(MiniNode asker, long probe) implements Payload {}

    private final NodeId id;
    private final long session;
    private final ClusterPlan plan;
    private final VirtualTime time;
    private final MiniBroker broker;
    private final Referee referee;
    private final Consumer<Outcome> outcomes;
    private final Set<SpillGroup> wishedGroups = EnumSet.noneOf(SpillGroup.class);
    private final Set<Long> executing = new HashSet<>();
    private long link;
    private boolean linkUp;
    private boolean alive = true;
    private long wakeWish;
    private long callIds;

    MiniNode(
            NodeId id,
            long session,
            ClusterPlan plan,
            VirtualTime time,
            MiniBroker broker,
            Referee referee,
            Consumer<Outcome> outcomes) {
        this.id = id;
        this.session = session;
        this.plan = plan;
        this.time = time;
        this.broker = broker;
        this.referee = referee;
        this.outcomes = outcomes;
    }

    public NodeId id() {
        return id;
    }

    /** The brain, to look at. */
    public NodeBrain brain() {
        return referee.brain();
    }

    /** Changes whenever the link breaks. */
    long link() {
        return link;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isLinkUp() {
        return linkUp;
    }

    void start() {
        on(new Event.FunctionsChanged(Set.of(FUNCTION)));
        linkUp();
    }

    void linkUp() {
        if (alive && !linkUp) {
            linkUp = true;
            broker.connect(this);
            wishedGroups.forEach(group -> broker.changeMembership(this, group, true));
            on(new Event.LinkUp());
        }
    }

    void linkDown() {
        if (linkUp) {
            linkUp = false;
            link++;
            broker.disconnect(this);
            on(new Event.LinkDown());
        }
    }

    void kill() {
        alive = false;
        linkUp = false;
        link++;
        broker.disconnect(this);
    }

    /** A caller calls this node; answers the call's id. */
    long call(long serviceNanos) {
        long budget = plan.budgetNanos();
        long deadline = budget == Long.MAX_VALUE ? budget : time.nowNanos() + budget;
        Call call = new Call(
                ++callIds,
                FUNCTION,
                Arrival.CLIENT,
                List.of(),
                deadline,
                plan.bodyBytes(),
                plan.idempotent(),
                Routing.POLICY,
                0,
                new Job(serviceNanos));
        on(new Event.CallArrived(call));
        return call.id();
    }

    void callerLeaves(long callId) {
        on(new Event.CallerLeft(callId));
    }

    void reconfigure(Event.Reconfigured change) {
        on(change);
    }

    void hearPresence(MiniNode other, boolean isThere) {
        on(new Event.PresenceHeard(
                other.id, isThere ? PeerState.ONLINE : PeerState.LOST, other.session, Set.of(FUNCTION)));
    }

    private void on(Event event) {
        if (alive) {
            for (Effect effect : referee.on(event, time.nowNanos())) {
                carryOut(effect);
            }
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Execute execute) {
            execute(execute.call());
        } else if (effect instanceof Effect.AbortExecution abort) {
            time.after(0, () -> executionEnded(abort.callId(), End.of(Reason.CALLER_LEFT)));
        } else if (effect instanceof Effect.Forward forward) {
            send(forward);
        } else if (effect instanceof Effect.AnswerOrigin answer) {
            answerOrigin(answer);
        } else if (effect instanceof Effect.Reply reply) {
            outcomes.accept(new Outcome(id, reply.call(), reply.end(), reply.placement(), time.nowNanos()));
        } else if (effect instanceof Effect.Probe probe) {
            ask(probe);
        } else if (effect instanceof Effect.AnswerProbe answer) {
            answerProbe(answer);
        } else if (effect instanceof Effect.PublishSample sample) {
            broker.publishToAll(this, to -> to.hear(sample.sample()));
        } else if (effect instanceof Effect.Membership change) {
            changeMembership(change);
        } else if (effect instanceof Effect.WakeAt wake) {
            wakeAt(wake.atNanos());
        }
    }

    private void execute(Call call) {
        executing.add(call.id());
        long serviceNanos = call.payload() instanceof Job job ? job.serviceNanos() : plan.serviceNanos();
        time.after(serviceNanos, () -> executionEnded(call.id(), End.done(Payload.NONE)));
    }

    private void executionEnded(long callId, End end) {
        if (executing.remove(callId)) {
            on(new Event.ExecutionEnded(callId, end));
        }
    }

    private void send(Effect.Forward forward) {
        broker.packets().forwards++;
        long sentNanos = time.nowNanos();
        broker.publish(
                this,
                forward.target(),
                forward.group(),
                to -> {
                    broker.packets().forwards++;
                    to.forwardArrived(forward, sentNanos);
                },
                found -> on(
                        found
                                ? new Event.ForwardSent(forward.attempt())
                                : new Event.ForwardUndeliverable(forward.attempt())));
    }

    /** As on the wire: deadlines travel as a budget, and every message carries its sender's sample. */
    private void forwardArrived(Effect.Forward forward, long sentNanos) {
        Call sent = forward.call();
        long deadline = sent.deadlineNanos() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : time.nowNanos() + sent.deadlineNanos() - sentNanos;
        SpillGroup group = forward.group();
        Call call = new Call(
                ++callIds,
                sent.function(),
                group == null ? Arrival.DIRECT : group.arrival(),
                forward.path(),
                deadline,
                sent.payloadBytes(),
                sent.idempotent(),
                sent.routing(),
                sent.taskType(),
                sent.payload());
        hear(forward.sample());
        on(new Event.ForwardArrived(call, forward.origin(), !forward.withBody()));
    }

    private void answerOrigin(Effect.AnswerOrigin answer) {
        boolean confirmation = answer.answer() instanceof Answer.Accepted;
        countAnswer(confirmation);
        broker.publish(
                this,
                answer.origin().node(),
                null,
                to -> {
                    countAnswer(confirmation);
                    if (to.session == answer.origin().session()) {
                        to.on(new Event.ForwardAnswered(answer.origin().attempt(), answer.answer()));
                    }
                },
                ignored -> {
                    // An answer to a node that is gone has nobody to be told to.
                });
    }

    private void countAnswer(boolean confirmation) {
        if (confirmation) {
            broker.packets().confirmations++;
        } else {
            broker.packets().answers++;
        }
    }

    private void ask(Effect.Probe probe) {
        broker.packets().probes++;
        ProbeReply reply = new ProbeReply(this, probe.probe());
        broker.publish(
                this,
                probe.peer(),
                null,
                to -> {
                    broker.packets().probes++;
                    to.on(new Event.ProbeArrived(reply));
                },
                ignored -> {
                    // QoS 0: nobody is told.
                });
    }

    private void answerProbe(Effect.AnswerProbe answer) {
        if (answer.replyTo() instanceof ProbeReply reply) {
            broker.packets().probes++;
            broker.publish(
                    this,
                    reply.asker().id,
                    null,
                    to -> {
                        broker.packets().probes++;
                        if (to == reply.asker()) {
                            to.on(new Event.ProbeAnswered(reply.probe(), answer.sample()));
                        }
                    },
                    ignored -> {
                        // QoS 0: nobody is told.
                    });
        }
    }

    private void hear(Sample sample) {
        on(new Event.SampleHeard(sample));
    }

    /** The wish outlives the link: subscriptions are made anew on every connect. */
    private void changeMembership(Effect.Membership change) {
        if (change.joined()) {
            wishedGroups.add(change.group());
        } else {
            wishedGroups.remove(change.group());
        }
        if (linkUp) {
            broker.changeMembership(this, change.group(), change.joined());
        }
    }

    private void wakeAt(long atNanos) {
        long wish = ++wakeWish;
        time.at(atNanos, () -> {
            if (wish == wakeWish) {
                on(new Event.Woken());
            }
        });
    }
}
