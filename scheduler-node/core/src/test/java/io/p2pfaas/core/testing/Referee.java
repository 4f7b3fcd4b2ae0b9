package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a driver and a brain and checks after every event what must hold at any time, from events and effects
 * alone: it keeps its own books and believes the brain nothing. Throws an {@link AssertionError} that names the event.
 */
public final class Referee {
    private static final class Watched {
        final boolean isCallers;
        final Set<NodeId> askedPeers = new HashSet<>();
        boolean awaitsBody;
        boolean executed;
        boolean over;
        long attempt = -1;

        @Nullable
        Origin origin;
        /** Somebody may have the body of a call that may run once. */
        boolean mayRunElsewhere;

        Watched(boolean isCallers) {
            this.isCallers = isCallers;
        }
    }

    private final NodeBrain brain;
    private final BrainSettings settings;
    private final Map<Long, Watched> calls = new HashMap<>();
    private final Map<Long, Call> attempts = new HashMap<>();
    private final Map<NodeId, Long> livePeers = new HashMap<>();
    private final Set<Long> executing = new HashSet<>();
    /** Peers' calls that began here, by their origin's name for them. */
    private final Set<List<Object>> begun = new HashSet<>();

    private int slots;
    private int queueMax;
    private long replies;
    private boolean linkUp;
    private Load before;

    public Referee(NodeBrain brain, BrainSettings settings) {
        this.brain = brain;
        this.settings = settings;
        this.slots = settings.slots();
        this.queueMax = settings.queueMax();
        this.before = brain.load();
    }

    public NodeBrain brain() {
        return brain;
    }

    /** Callers' calls that have had their reply. */
    public long replies() {
        return replies;
    }

    /** Feeds the brain and checks what it does. */
    public List<Effect> on(Event event, long nowNanos) {
        note(event);
        List<Effect> effects = brain.on(event, nowNanos);
        try {
            for (Effect effect : effects) {
                check(effect, nowNanos);
            }
            checkCounts();
        } catch (AssertionError broken) {
            throw new AssertionError(
                    broken.getMessage() + "\n after " + event + " at " + nowNanos + "\n giving " + effects, broken);
        }
        return effects;
    }

    private void note(Event event) {
        if (event instanceof Event.CallArrived arrived) {
            calls.put(arrived.call().id(), new Watched(true));
        } else if (event instanceof Event.ForwardArrived forward) {
            Watched watched = new Watched(false);
            watched.awaitsBody = forward.bodyFollows();
            watched.origin = forward.origin();
            if (forward.origin().node().equals(settings.self())) {
                notElsewhere(forward.origin().attempt());
            }
            calls.put(forward.call().id(), watched);
        } else if (event instanceof Event.ForwardAnswered answered && answered.answer() instanceof Answer.Refused) {
            notElsewhere(answered.attempt());
        } else if (event instanceof Event.ForwardUndeliverable lost && lost.certainly()) {
            notElsewhere(lost.attempt());
        } else if (event instanceof Event.ForwardTooLarge tooLarge) {
            notElsewhere(tooLarge.attempt());
        } else if (event instanceof Event.ExecutionEnded ended) {
            executing.remove(ended.callId());
        } else if (event instanceof Event.PresenceHeard presence) {
            notePresence(presence);
        } else if (event instanceof Event.Reconfigured changed) {
            slots = changed.slots();
            queueMax = changed.queueMax();
        } else if (event instanceof Event.LinkUp) {
            linkUp = true;
        } else if (event instanceof Event.LinkDown) {
            linkUp = false;
        }
    }

    private void notElsewhere(long attempt) {
        Call call = attempts.get(attempt);
        Watched watched = call == null ? null : calls.get(call.id());
        if (watched != null) {
            watched.mayRunElsewhere = false;
        }
    }

    private void notePresence(Event.PresenceHeard presence) {
        long known = livePeers.getOrDefault(presence.peer(), -1L);
        if (presence.session() < known) {
            return;
        }
        if (presence.state() == PeerState.LOST) {
            livePeers.remove(presence.peer());
        } else {
            livePeers.put(presence.peer(), presence.session());
        }
    }

    private void check(Effect effect, long nowNanos) {
        if (effect instanceof Effect.Execute execute) {
            checkExecute(execute.call(), nowNanos);
        } else if (effect instanceof Effect.Forward forward) {
            checkForward(forward);
        } else if (effect instanceof Effect.Reply reply) {
            Watched watched = underWay(reply.call());
            require(watched.isCallers, "a peer's call was replied to a caller");
            watched.over = true;
            replies++;
        } else if (effect instanceof Effect.AnswerOrigin answer) {
            checkAnswer(answer);
        } else if (effect instanceof Effect.AbortExecution abort) {
            require(executing.contains(abort.callId()), "aborted what does not run");
        } else if (effect instanceof Effect.WakeAt wake) {
            require(wake.atNanos() > nowNanos, "wants to be woken in the past: " + wake.atNanos());
        }
    }

    private Watched underWay(Call call) {
        Watched watched = Objects.requireNonNull(calls.get(call.id()), () -> "unknown call " + call);
        require(!watched.over, "the call is over already: " + call);
        return watched;
    }

    private void checkExecute(Call call, long nowNanos) {
        Watched watched = underWay(call);
        require(!watched.executed, "executed twice: " + call);
        require(!watched.awaitsBody, "executed without its body: " + call);
        require(call.deadlineNanos() > nowNanos, "executed after its deadline: " + call);
        require(!watched.mayRunElsewhere, "executed what may run elsewhere: " + call);
        Origin origin = watched.origin;
        if (origin != null && origin.call() != Origin.UNNAMED) {
            require(
                    begun.add(List.of(origin.node(), origin.call())),
                    "a call of " + origin.node() + " began twice: " + origin);
        }
        watched.executed = true;
        executing.add(call.id());
    }

    private void checkForward(Effect.Forward forward) {
        Watched watched = underWay(forward.call());
        require(linkUp, "sent while the link is down");
        require(!watched.executed, "forwarded what runs here");
        List<NodeId> path = forward.path();
        require(path.size() <= settings.maxHops(), "too many hops: " + path);
        require(path.get(path.size() - 1).equals(settings.self()), "not on its own path: " + path);
        boolean isBookedBody = watched.attempt == forward.attempt() && forward.withBody();
        NodeId target = forward.target();
        if (target != null && !isBookedBody) {
            require(livePeers.containsKey(target), "forwarded to a peer that is not there: " + target);
            require(!path.contains(target), "forwarded back to " + target + " on " + path);
            require(watched.askedPeers.add(target), "forwarded a second time to " + target);
        }
        if (!isBookedBody) {
            require(attempts.put(forward.attempt(), forward.call()) == null, "attempt number used twice");
        }
        watched.attempt = forward.attempt();
        if (forward.withBody() && !forward.call().idempotent()) {
            require(watched.isCallers, "handed on a body that may run once");
            require(!watched.mayRunElsewhere, "sent a body that may run once a second time");
            watched.mayRunElsewhere = true;
        }
    }

    private void checkAnswer(Effect.AnswerOrigin answer) {
        Watched watched = underWay(answer.call());
        require(!watched.isCallers, "a caller's call was answered to an origin");
        if (!(answer.answer() instanceof Answer.Accepted)) {
            watched.over = true;
        }
    }

    private void checkCounts() {
        Load load = brain.load();
        require(
                load.running() <= Math.max(slots, before.running()),
                "more running than slots: " + load + " after " + before);
        require(
                load.queued() <= Math.max(queueMax, before.queued()),
                "more waiting than places: " + load + " after " + before);
        require(load.running() >= executing.size(), "executes " + executing.size() + " but says " + load);
        before = load;
        for (boolean peers : new boolean[] {false, true}) {
            checkBalance(brain.counters(), peers);
        }
        require(
                replies
                        == brain.counters().receivedFrom(false)
                                - brain.counters().inFlightFrom(false),
                "replies and ended callers' calls differ");
    }

    private static void checkBalance(Counters counters, boolean peers) {
        long ended = peers ? counters.handedOnCalls() : 0;
        for (EndState state : EndState.values()) {
            ended += counters.endedIn(state, peers);
        }
        long inFlight = counters.inFlightFrom(peers);
        require(inFlight >= 0, "fewer than none in flight");
        require(
                counters.receivedFrom(peers) == ended + inFlight,
                "received " + counters.receivedFrom(peers) + " but ended " + ended + " and in flight " + inFlight);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
