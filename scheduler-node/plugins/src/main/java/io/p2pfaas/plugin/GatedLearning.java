package io.p2pfaas.plugin;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.LearningView;
import org.jspecify.annotations.Nullable;

/** What a plug-in that learns sees of a node. */
record GatedLearning(Gate gate, LearningView view) implements LearningView {
    /** The node's learner has a memory, which the gate could not take back. */
    @Override
    public Learner learner() {
        throw new IllegalStateException("the node's learner is for LearningScheduler; a plug-in makes one of its own");
    }

    @Override
    public int running(int taskType) {
        return gate.pass(() -> view.running(taskType));
    }

    @Override
    public int queued(int taskType) {
        return gate.pass(() -> view.queued(taskType));
    }

    @Override
    public @Nullable NodeId listed(int place) {
        return gate.pass(() -> view.listed(place));
    }
}
