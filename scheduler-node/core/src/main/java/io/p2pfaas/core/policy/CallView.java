package io.p2pfaas.core.policy;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy may know of the call that it decides about, and of what was tried for it so far. */
public interface CallView {
    /** The call itself. */
    Call call();

    /** When it reached this node, on the node's clock. */
    long arrivedNanos();

    /** Forwards and offers that came to nothing, oldest first. */
    List<Attempt> attempts();

    /** Whether probes were sent for this call. */
    boolean probed();

    /** Answers to those probes; a peer that did not answer is not among them. */
    List<Sample> probeAnswers();

    /** Which of the callers' calls of this node it is, from 1; 0 for a peer's call. */
    default long number() {
        return 0;
    }

    /** What a learner chose for this call; null before it was asked. */
    default @Nullable Choice choice() {
        return null;
    }

    /** Keeps what a learner chose for this call: its caller is told, and the policy when it is asked again. */
    default void remember(Choice choice) {
        throw new IllegalStateException("this view keeps no choice: " + choice);
    }

    /** Whether {@code peer} was tried for this call and did not take it. */
    default boolean tried(NodeId peer) {
        for (Attempt attempt : attempts()) {
            if (peer.equals(attempt.peer())) {
                return true;
            }
        }
        return false;
    }

    /** How many of the attempts went to {@code group}. */
    default int attemptsAt(SpillGroup group) {
        int count = 0;
        for (Attempt attempt : attempts()) {
            if (attempt.group() == group) {
                count++;
            }
        }
        return count;
    }

    /** True when an attempt found the group without any member; a taker that stayed silent is not that. */
    default boolean foundEmpty(SpillGroup group) {
        for (Attempt attempt : attempts()) {
            if (attempt.group() == group && attempt.peer() == null && attempt.reason() == Reason.NO_TAKER) {
                return true;
            }
        }
        return false;
    }
}
