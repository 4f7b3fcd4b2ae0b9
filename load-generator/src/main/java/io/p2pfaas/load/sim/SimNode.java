package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One life of a node: a brain, and the hands that carry out its effects in virtual time. After {@link #kill()} nothing
 * that was planned for it happens any more; a restarted node is a new object with a higher session.
 */
final class SimNode {
    private static final FunctionName FUNCTION = new FunctionName("f");
    static final Set<FunctionName> FUNCTIONS = Set.of(FUNCTION);
    /** As live: AnswerOutbox. */
    private static final long ANSWER_RETRY_NANOS = 250_000_000L;

    /** Leaves room for the calls of a life: peers know calls of a node by their numbers. */
    private static final int CALL_BITS = 40;

    private static final Event WOKEN = new Event.Woken();

    private final Cluster cluster;
    private final Timeline time;
    private final SimBroker broker;
    private final Books books;
    private final Setup.Work work;
    private final int index;
    private final NodeId id;
    private final long session;
    private final Mind mind;
    private final List<ClientCall> open = new ArrayList<>();
    private final Executions executions;
    /** Answers that wait for the link to come back. */
    private final List<Effect.AnswerOrigin> outbox = new ArrayList<>();

    private final List<Event> backlog = new ArrayList<>();
    private final Set<SpillGroup> wishedGroups = EnumSet.noneOf(SpillGroup.class);
    private boolean listens;
    private boolean alive = true;
    private boolean linkUp;
    private boolean paused;
    private long link;
    private long lastArrivalNanos;
    private long wakeAtNanos;
    private long callIds;

    SimNode(Cluster cluster, Setup setup, int index, NodeId id, long session, boolean listens, Mind mind) {
        this.cluster = cluster;
        this.time = cluster.time();
        this.broker = cluster.broker();
        this.books = cluster.books();
        this.work = setup.work();
        this.executions = new Executions(this, time, work, setup.speeds().get(index));
        this.index = index;
        this.id = id;
        this.session = session;
        this.callIds = session << CALL_BITS;
        this.listens = listens;
        this.mind = mind;
    }

    int index() {
        return index;
    }

    NodeId id() {
        return id;
    }

    long session() {
        return session;
    }

    /** Changes whenever the link breaks. */
    long link() {
        return link;
    }

    boolean isLinkUp() {
        return linkUp;
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether it subscribes to the others' load. */
    boolean listens() {
        return listens;
    }

    /** The earliest moment from {@code atNanos} on at which what the broker sends now may arrive. */
    long arrivesInOrder(long atNanos) {
        lastArrivalNanos = Math.max(lastArrivalNanos, atNanos);
        return lastArrivalNanos;
    }

    /** The process has started. */
    void start() {
        on(new Event.FunctionsChanged(FUNCTIONS));
    }

    /** The link is up; {@code presenceTold}: everybody who should know does already. */
    void linkUp(boolean presenceTold) {
        if (!alive || linkUp || !broker.isUp()) {
            return;
        }
        linkUp = true;
        if (!presenceTold) {
            broker.connect(this);
        }
        // The wish outlives the link: subscriptions are made anew on every connect.
        for (SpillGroup group : wishedGroups) {
            broker.publish(new Message.Membership(this, broker, new Effect.Membership(group, true, 0)));
        }
        List<Effect.AnswerOrigin> kept = List.copyOf(outbox);
        outbox.clear();
        kept.forEach(this::send);
        on(new Event.LinkUp());
    }

    /** The link broke, by a fault of the broker: it tells no will. */
    void linkDown() {
        if (linkUp) {
            linkUp = false;
            link++;
            on(new Event.LinkDown());
        }
    }

    /** The link broke, and the broker is still there. */
    void loseLink() {
        if (linkUp) {
            linkUp = false;
            link++;
            broker.disconnect(this);
            on(new Event.LinkDown());
        }
    }

    /** The process is gone, with all that it had in flight. */
    void kill() {
        if (!alive) {
            return;
        }
        alive = false;
        backlog.clear();
        if (linkUp) {
            linkUp = false;
            link++;
            broker.disconnect(this);
        }
        for (ClientCall call : open) {
            call.place = -1;
            books.broken(call, time.nowNanos(), "the node died");
            cluster.callEnded();
        }
        open.clear();
    }

    void pause() {
        paused = alive;
    }

    void resume() {
        paused = false;
        List<Event> late = List.copyOf(backlog);
        backlog.clear();
        late.forEach(this::on);
    }

    void reconfigure(Event.Reconfigured change) {
        if (alive) {
            listens = change.policy().needs().samples();
            on(change);
        }
    }

    /** A client calls. */
    void call(ClientCall client) {
        client.place = open.size();
        open.add(client);
        long now = time.nowNanos();
        on(new Event.CallArrived(new Call(
                ++callIds,
                FUNCTION,
                Arrival.CLIENT,
                List.of(),
                work.budgetNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : now + work.budgetNanos(),
                client.bytes,
                work.idempotent(),
                Routing.POLICY,
                client.taskType,
                client.wantedWithinNanos(),
                client)));
    }

    /** Client calls that have had no reply. */
    List<ClientCall> open() {
        return open;
    }

    /** Something reaches the brain; while the process is stopped it waits in front of it. */
    void on(Event event) {
        if (paused) {
            backlog.add(event);
        } else if (alive) {
            List<Effect> effects = mind.on(event, time.nowNanos());
            for (int i = 0; i < effects.size(); i++) {
                carryOut(effects.get(i));
            }
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Execute execute) {
            executions.start(execute.call());
        } else if (effect instanceof Effect.Reply reply) {
            reply(reply);
        } else if (effect instanceof Effect.WakeAt wake) {
            wakeAtNanos = wake.atNanos();
            time.plan(wakeAtNanos, new Wake(this, wakeAtNanos));
        } else if (effect instanceof Effect.Membership change) {
            changeMembership(change);
        } else if (effect instanceof Effect.AbortExecution abort) {
            executions.abort(abort.callId());
        } else if (effect instanceof Effect.PolicyFaulted faulted) {
            books.faulted(faulted);
        } else if (linkUp) {
            send(effect);
        } else if (effect instanceof Effect.AnswerOrigin answer) {
            outbox.add(answer);
        }
    }

    private void send(Effect effect) {
        if (effect instanceof Effect.Forward forward) {
            broker.publish(new Message.Forward(this, broker, forward, time.nowNanos()));
        } else if (effect instanceof Effect.AnswerOrigin answer) {
            broker.publish(new Message.ToOrigin(this, broker, answer, 0));
        } else if (effect instanceof Effect.Probe probe) {
            broker.publish(new Message.Probe(this, broker, probe));
        } else if (effect instanceof Effect.AnswerProbe answer
                && answer.replyTo() instanceof Message.ProbeReply reply) {
            broker.publish(new Message.ProbeAnswer(this, broker, answer, reply));
        } else if (effect instanceof Effect.Tell tell) {
            broker.publish(new Message.Note(this, broker, tell));
        } else if (effect instanceof Effect.PublishSample sample) {
            broker.publish(new Message.LoadSample(this, broker, sample));
        } else {
            throw new IllegalStateException("an effect that the simulator does not know: " + effect);
        }
    }

    /** An answer reached nobody: the one who waits for it may be reconnecting too. */
    void answerAgain(Effect.AnswerOrigin answer, int tries) {
        time.plan(time.nowNanos() + ANSWER_RETRY_NANOS, new Happening() {
            @Override
            void happen() {
                if (alive && linkUp) {
                    broker.publish(new Message.ToOrigin(SimNode.this, broker, answer, tries));
                } else if (alive) {
                    outbox.add(answer);
                }
            }
        });
    }

    /** As on the wire: deadlines travel as a budget, and every message carries its sender's sample. */
    void forwardArrived(Effect.Forward forward, long sentNanos) {
        Call sent = forward.call();
        SpillGroup group = forward.group();
        long deadline = sent.deadlineNanos() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : time.nowNanos() + sent.deadlineNanos() - sentNanos;
        if (listens || group == null) {
            // Of a dealt call only a policy that lives on samples has any use for the sample.
            on(new Event.SampleHeard(forward.sample()));
        }
        Call call = new Call(
                ++callIds,
                FUNCTION,
                group == null ? Arrival.DIRECT : group.arrival(),
                forward.path(),
                deadline,
                sent.payloadBytes(),
                sent.idempotent(),
                sent.routing(),
                sent.taskType(),
                sent.payload());
        on(new Event.ForwardArrived(call, forward.origin(), !forward.withBody()));
    }

    private void changeMembership(Effect.Membership change) {
        if (change.joined()) {
            wishedGroups.add(change.group());
        } else {
            wishedGroups.remove(change.group());
        }
        if (linkUp) {
            broker.publish(new Message.Membership(this, broker, change));
        }
    }

    private void reply(Effect.Reply reply) {
        if (!(reply.call().payload() instanceof ClientCall client) || client.place < 0) {
            throw new IllegalStateException("replied to a call that is not open: " + reply);
        }
        ClientCall last = open.remove(open.size() - 1);
        if (last != client) {
            open.set(client.place, last);
            last.place = client.place;
        }
        client.place = -1;
        List<NodeId> path = reply.placement().path();
        int executor = path.size() == 1 ? index : Cluster.indexOf(path.get(path.size() - 1));
        books.replied(client, reply.end(), executor, time.nowNanos());
        cluster.callEnded();
    }

    private static final class Wake extends Happening {
        private final SimNode node;
        private final long atNanos;

        Wake(SimNode node, long atNanos) {
            this.node = node;
            this.atNanos = atNanos;
        }

        @Override
        void happen() {
            // A later wish replaces an earlier one.
            if (node.wakeAtNanos == atNanos) {
                node.on(WOKEN);
            }
        }
    }
}
