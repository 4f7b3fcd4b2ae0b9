package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.policy.SchedulingPolicy.Notices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers for work while slots are free here ({@link Notice#WORK_WANTED}), and hands waiting calls to peers that
 * ask. A node has at most one open question per free slot, each to the peer with the longest queue by its last sample,
 * less the questions it has from this node already. A question ends with a call, with "no work", or with the probe
 * timeout.
 */
final class WorkSeeker {
    private static final class QuestionTimer extends TimerHeap.Timer {}

    private record Question(NodeId peer, long atNanos) {}

    private final Context context;
    private final AwayCalls away;
    /** Peers where calls wait, as far as is known. */
    private final Set<NodeId> withQueues = new LinkedHashSet<>();

    private final Deque<Question> oldestFirst = new ArrayDeque<>();
    private final QuestionTimer timer = new QuestionTimer();

    WorkSeeker(Context context, AwayCalls away) {
        this.context = context;
        this.away = away;
    }

    private boolean isOn() {
        return context.needs.notices() == Notices.WORK_WANTED;
    }

    /** A peer said how busy it is. */
    void heard(Sample sample) {
        if (!isOn()) {
            return;
        }
        Peer peer = context.peers.find(sample.node());
        Sample last = peer == null ? null : peer.sample();
        if (last != null && last.load().queued() > 0) {
            withQueues.add(sample.node());
        } else {
            withQueues.remove(sample.node());
        }
    }

    /** A peer has nothing for this node, whatever its sample says: what is left there may be under way to others. */
    void noWork(NodeId peer) {
        withQueues.remove(peer);
        answered(peer);
    }

    /** A call came from the peer, or its word that there is none. */
    void answered(NodeId peer) {
        for (Iterator<Question> questions = oldestFirst.iterator(); questions.hasNext(); ) {
            if (questions.next().peer.equals(peer)) {
                questions.remove();
                return;
            }
        }
    }

    /** A peer asks for work. */
    void wanted(NodeId by) {
        if (!isOn() || !handTo(by)) {
            if (context.linkUp && context.peers.find(by) != null) {
                context.tell(by, Notice.NO_WORK);
            }
        }
    }

    private boolean handTo(NodeId asker) {
        TrackedCall call = context.admission.lendFirst(waiting -> away.mayHandTo(waiting, asker));
        if (call == null) {
            return false;
        }
        away.handTo(call, asker);
        context.sampleClock.changed();
        return true;
    }

    /** Asks as far as there is reason to, at the end of an event. */
    void update() {
        if (!isOn()) {
            return;
        }
        Load load = context.admission.load();
        boolean takesCalls = context.linkUp && !context.draining && !context.functions.isEmpty();
        int free = takesCalls && load.hasFreeSlot() ? load.slots() - load.running() : 0;
        long lostBefore = context.nowNanos - context.settings.probeTimeoutNanos();
        while (!oldestFirst.isEmpty() && (free == 0 || oldestFirst.getFirst().atNanos <= lostBefore)) {
            oldestFirst.removeFirst();
        }
        while (oldestFirst.size() < free) {
            NodeId peer = longestQueue();
            if (peer == null) {
                break;
            }
            oldestFirst.addLast(new Question(peer, context.nowNanos));
            context.tell(peer, Notice.WORK_WANTED);
        }
        if (oldestFirst.isEmpty()) {
            context.timers.cancel(timer);
        } else {
            context.timers.set(timer, oldestFirst.getFirst().atNanos + context.settings.probeTimeoutNanos());
        }
    }

    private @Nullable NodeId longestQueue() {
        NodeId longest = null;
        int most = 0;
        int equals = 0;
        for (Iterator<NodeId> ids = withQueues.iterator(); ids.hasNext(); ) {
            NodeId id = ids.next();
            Peer peer = context.peers.find(id);
            Load load = context.peers.view(id, context.nowNanos).load();
            if (peer == null || load == null || load.queued() == 0) {
                ids.remove();
                continue;
            }
            int left = peer.isCompanion(context.functions) ? load.queued() - questionsTo(id) : 0;
            equals = left > most ? 1 : equals + 1;
            if (left > most || (left == most && left > 0 && context.random.nextInt(equals) == 0)) {
                most = left;
                longest = id;
            }
        }
        return longest;
    }

    private int questionsTo(NodeId peer) {
        int count = 0;
        for (Question question : oldestFirst) {
            if (question.peer.equals(peer)) {
                count++;
            }
        }
        return count;
    }

    /** Forgets all, with a change of policy. */
    void clear() {
        oldestFirst.clear();
        withQueues.clear();
        context.timers.cancel(timer);
    }
}
