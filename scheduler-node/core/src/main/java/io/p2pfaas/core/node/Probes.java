package io.p2pfaas.core.node;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.PolicyFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Calls that wait for peers to say how busy they are. */
final class Probes {
    private final Context context;
    private final CallLife life;
    private final Map<Long, TrackedCall> open = new LinkedHashMap<>();

    Probes(Context context, CallLife life) {
        this.context = context;
        this.life = life;
    }

    /** Asks these peers; false if the policy may not. */
    boolean ask(TrackedCall tracked, List<NodeId> peers) {
        if (tracked.probed || peers.isEmpty() || !areLive(peers, tracked)) {
            context.fault(
                    PolicyFault.BAD_PROBE,
                    tracked.probed ? "it probed twice for one call" : "it probed nobody, or who is not there");
            return false;
        }
        tracked.phase = Phase.PROBING;
        tracked.probed = true;
        tracked.probe = context.nextId();
        tracked.probeStartNanos = context.nowNanos;
        tracked.probesOpen = new LinkedHashSet<>(peers);
        tracked.probesSent += tracked.probesOpen.size();
        context.counters.probesSent += tracked.probesOpen.size();
        open.put(tracked.probe, tracked);
        for (NodeId peer : tracked.probesOpen) {
            context.out.add(new Effect.Probe(tracked.probe, peer));
        }
        life.arm(tracked, context.nowNanos + context.settings.probeTimeoutNanos());
        return true;
    }

    private boolean areLive(List<NodeId> peers, TrackedCall tracked) {
        for (NodeId peer : peers) {
            if (!context.peers.isLive(peer, tracked.call().function())) {
                return false;
            }
        }
        return true;
    }

    void answered(long probe, Sample sample) {
        TrackedCall tracked = open.get(probe);
        if (tracked == null || !tracked.probesOpen.remove(sample.node())) {
            return;
        }
        tracked.probeAnswer(sample);
        if (tracked.probesOpen.isEmpty()) {
            done(tracked);
        }
    }

    /** All have answered, or are not waited for any longer. */
    void done(TrackedCall tracked) {
        open.remove(tracked.probe);
        context.timers.cancel(tracked);
        tracked.probingNanos += context.nowNanos - tracked.probeStartNanos;
        life.decide(tracked);
    }

    void forget(TrackedCall tracked) {
        open.remove(tracked.probe, tracked);
    }

    /** The calls that wait, in the order in which they asked. */
    List<TrackedCall> waiting() {
        return new ArrayList<>(open.values());
    }
}
