package io.p2pfaas.core.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node decided about one call and what came of it, for those who asked for it: an edge attaches a trail to the
 * calls that are to have one ({@link Payload#trail}), and the brain writes it. Times are of the node's clock. Bounded. Any
 * thread may read it, one at a time may write.
 */
public final class CallTrail {
    /** Further decisions and attempts are left out; more than the bounds of a call allow there cannot be by far. */
    public static final int MAX_STEPS = 200;

    /** A time that has not come. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final String RUN_HERE = "run here";

    /**
     * A node that the call could go to.
     *
     * @param load from its last sample, however old; null if there was none
     * @param ageNanos how long ago that came; {@link Long#MAX_VALUE} without one
     * @param isFresh whether the sample counts: what is not fresh is unknown to policies
     * @param isLookedAt whether the policy asked for it
     */
    public record Candidate(NodeId node, @Nullable Load load, long ageNanos, boolean isFresh, boolean isLookedAt) {}

    /**
     * A decision.
     *
     * @param policy who decided, as users see it
     * @param choice what was done: {@code run here}, {@code queue}, {@code forward n2}, {@code offer slot}, {@code probe
     *     n2,n3}, {@code wait 5 ms}, {@code reject no_slot}
     * @param own the deciding node's load
     */
    public record Decided(long atNanos, String policy, String choice, Load own, List<Candidate> candidates) {
        public Decided {
            candidates = List.copyOf(candidates);
        }

        /** Whether the call is decided about again, with what this brings. */
        public boolean isPreliminary() {
            return choice.startsWith("probe ") || choice.startsWith("wait ");
        }
    }

    /**
     * A forward or offer.
     *
     * @param attempt the node's number for it
     * @param to the peer, or the group until somebody has answered
     * @param endedNanos {@link #NEVER} while it is open
     * @param result {@code done}, {@code refused queue_full}, or another reason; empty while it is open
     */
    public record Attempted(long attempt, String to, long sentNanos, long endedNanos, String result) {
        /** Whether its result is not known. */
        public boolean isOpen() {
            return endedNanos == NEVER;
        }
    }

    private final boolean namesCandidates;
    /** Immutable lists, replaced by each change: who reads one needs no lock. */
    private volatile List<Decided> decisions = List.of();

    private volatile List<Attempted> attempts = List.of();
    private volatile long queuedNanos = NEVER;

    /** @param namesCandidates whether decisions are to tell what they were chosen from, which costs more than the rest */
    public CallTrail(boolean namesCandidates) {
        this.namesCandidates = namesCandidates;
    }

    /** Whether decisions are to tell what they were chosen from. */
    public boolean namesCandidates() {
        return namesCandidates;
    }

    /** What was decided, oldest first. */
    public List<Decided> decisions() {
        return decisions;
    }

    /** Forwards and offers, oldest first. */
    public List<Attempted> attempts() {
        return attempts;
    }

    /** When it began to wait for a slot; {@link #NEVER} if it did not. */
    public long queuedNanos() {
        return queuedNanos;
    }

    /** A decision was made; how it could be carried out may follow. */
    public void decided(Decided decided) {
        if (decisions.size() < MAX_STEPS) {
            decisions = joined(decisions, decided);
        }
    }

    /** The last decision; null if there was none. */
    public @Nullable Decided lastDecision() {
        return decisions.isEmpty() ? null : decisions.get(decisions.size() - 1);
    }

    /** What became of the last decision, where that is not what it says: the call had to wait, or could not leave. */
    public void became(String outcome) {
        int last = decisions.size() - 1;
        if (last < 0) {
            return;
        }
        Decided before = decisions.get(last);
        if (!before.choice().equals(outcome)) {
            String choice = before.choice().equals(RUN_HERE) ? outcome : outcome + " instead of " + before.choice();
            decisions = joined(
                    decisions.subList(0, last),
                    new Decided(before.atNanos(), before.policy(), choice, before.own(), before.candidates()));
        }
    }

    /** This is about the same call as that trail: what it says comes first. */
    public void follow(CallTrail former) {
        decisions = joined(former.decisions, decisions);
        attempts = joined(former.attempts, attempts);
        queued(former.queuedNanos());
    }

    /** It waits for a slot. */
    public void queued(long atNanos) {
        if (queuedNanos == NEVER) {
            queuedNanos = atNanos;
        }
    }

    /** It was sent to a peer or offered to a group. */
    public void sent(long attempt, String to, long atNanos) {
        if (attempts.size() < MAX_STEPS) {
            attempts = joined(attempts, new Attempted(attempt, to, atNanos, NEVER, ""));
        }
    }

    /** The open attempt, if there is one, has ended; {@code by} is who ended it, null if nobody did. */
    public void attemptEnded(@Nullable NodeId by, String result, long atNanos) {
        int last = attempts.size() - 1;
        if (last >= 0 && attempts.get(last).isOpen()) {
            Attempted open = attempts.get(last);
            String to = by == null ? open.to() : by.value();
            attempts = joined(
                    attempts.subList(0, last), new Attempted(open.attempt(), to, open.sentNanos(), atNanos, result));
        }
    }

    private static <T> List<T> joined(List<T> first, T last) {
        return joined(first, List.of(last));
    }

    private static <T> List<T> joined(List<T> first, List<T> last) {
        List<T> all = new ArrayList<>(first.size() + last.size());
        all.addAll(first);
        all.addAll(last);
        return List.copyOf(all);
    }
}
