package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the event log what is different from a second ago, and each change of the link: that may be lost and found again
 * within a second. Only {@link #link} may be called by any thread.
 */
public final class Changes {
    /** So many seconds one who has just come may take until it is heard for the first time. */
    private static final int FIRST_LOOKS = 5;

    private final EventLog events;
    private final long staleNanos;
    private final Map<NodeId, Integer> unheard = new HashMap<>();
    private final AtomicBoolean isLinkUp = new AtomicBoolean();
    private @Nullable State before;

    private record State(String scheduler, int slots, int queueMax, List<String> functions, Set<NodeId> silent) {}

    /** @param staleNanos a node that was not heard of for longer is silent */
    public Changes(EventLog events, long staleNanos) {
        this.events = events;
        this.staleNanos = staleNanos;
    }

    /** The broker link is up, or is not. */
    public void link(boolean isUp) {
        if (isLinkUp.getAndSet(isUp) != isUp) {
            events.add(isUp ? "link_up" : "link_down", isUp ? "the broker link is up" : "the broker link is down");
        }
    }

    /** What is the case now. */
    public void note(NodeFacts facts, boolean linkUp) {
        State now = state(facts, linkUp);
        State then = before;
        before = now;
        if (then == null) {
            return;
        }
        if (!then.scheduler().equals(now.scheduler())) {
            events.add("policy", "policy " + now.scheduler() + " instead of " + then.scheduler());
        }
        if (then.slots() != now.slots() || then.queueMax() != now.queueMax()) {
            events.add(
                    "capacity",
                    now.slots() + " slots, " + now.queueMax() + " places in the queue; before " + then.slots() + " and "
                            + then.queueMax());
        }
        now.functions().stream()
                .filter(name -> !then.functions().contains(name))
                .forEach(name -> events.add("function_added", name + " can be called here"));
        then.functions().stream()
                .filter(name -> !now.functions().contains(name))
                .forEach(name -> events.add("function_gone", name + " cannot be called here any more"));
        silence(facts, then.silent(), now.silent());
    }

    private void silence(NodeFacts facts, Set<NodeId> then, Set<NodeId> now) {
        now.stream()
                .filter(id -> !then.contains(id))
                .forEach(id -> events.add("peer_silent", id + " is silent: it gets no calls"));
        Set<NodeId> present =
                facts.peers().stream().map(NodeFacts.PeerFacts::id).collect(Collectors.toCollection(HashSet::new));
        then.stream()
                .filter(id -> !now.contains(id) && present.contains(id))
                .forEach(id -> events.add("peer_heard", id + " is heard again"));
    }

    private boolean isNew(NodeFacts.PeerFacts peer) {
        return peer.load().isEmpty() && unheard.merge(peer.id(), 1, Integer::sum) <= FIRST_LOOKS;
    }

    private State state(NodeFacts facts, boolean linkUp) {
        Set<NodeId> silent = new HashSet<>();
        int slots = 0;
        int queueMax = 0;
        for (NodeFacts.PeerFacts peer : facts.peers()) {
            if (peer.self() && peer.load().isPresent()) {
                slots = peer.load().get().slots();
                queueMax = peer.load().get().queueMax();
            } else if (linkUp && peer.isSilent(staleNanos) && !isNew(peer)) {
                // Without a link nobody is heard, which is said once and not of each.
                silent.add(peer.id());
            }
        }
        unheard.keySet()
                .retainAll(facts.peers().stream().map(NodeFacts.PeerFacts::id).toList());
        List<String> functions = facts.functions().stream()
                .filter(NodeFacts.FunctionFacts::usable)
                .map(function -> function.name().value())
                .toList();
        return new State(facts.scheduler(), slots, queueMax, functions, silent);
    }
}
