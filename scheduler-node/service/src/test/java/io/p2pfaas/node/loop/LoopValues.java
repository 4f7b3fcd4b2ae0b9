package io.p2pfaas.node.loop;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/** Brains and calls for the loop's tests. */
final class LoopValues {
    static final NodeId SELF = new NodeId("self");
    static final NodeId PEER = new NodeId("peer");
    static final FunctionName F = new FunctionName("f");
    private static final long SEED = 42;

    private LoopValues() {}

    /** The same settings and seed each time: two such brains live the same life if they are told the same. */
    static NodeBrain brain(int slots, int queueMax, String policy) {
        return new NodeBrain(
                BrainSettings.of(SELF, 1, slots, queueMax),
                PolicyCatalogue.standard().create(PolicySpec.parse(policy)),
                RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
    }

    static Call call(long id, long deadlineNanos) {
        return new Call(id, F, Arrival.CLIENT, List.of(), deadlineNanos, 10, true, Routing.POLICY, 0, Payload.NONE);
    }

    static Call peersCall(long id, long deadlineNanos) {
        return new Call(id, F, Arrival.DIRECT, List.of(PEER), deadlineNanos, 10, true, Routing.POLICY, 0, Payload.NONE);
    }

    static Sample sample(long seq, int running) {
        return new Sample(PEER, 1, seq, new Load(running, 4, 0, 0));
    }
}
