package io.p2pfaas.core.policy;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/** The node as a policy that learns sees it at the moment of a decision. */
public interface LearningView {
    /** The node's learner. */
    Learner learner();

    /** How many calls of this task type hold a slot here. Peers' calls are of type 0. */
    int running(int taskType);

    /** How many calls of this task type wait here. */
    int queued(int taskType);

    /**
     * The peer at this place, from 0, of the list of living peers that users see ({@code /list}); null if there is none,
     * or the call cannot go there.
     */
    @Nullable
    NodeId listed(int place);
}
