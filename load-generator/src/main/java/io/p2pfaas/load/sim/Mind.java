package io.p2pfaas.load.sim;

import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.List;
import java.util.random.RandomGenerator;

/** What decides for a node: its brain, in tests with a referee before it. */
interface Mind {
    /** As {@link NodeBrain#on}. */
    List<Effect> on(Event event, long nowNanos);

    /** Makes the mind of one life of a node. */
    interface Maker {
        Mind make(BrainSettings settings, SchedulingPolicy policy, RandomGenerator random);
    }

    /** The brain itself, which learns so. */
    static Maker brain(LearnerSettings learning) {
        return (settings, policy, random) -> new NodeBrain(settings, policy, random, learning)::on;
    }
}
