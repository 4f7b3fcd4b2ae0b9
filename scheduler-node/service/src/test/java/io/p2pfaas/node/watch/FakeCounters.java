package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.NoScheduler;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;

/** The counters of a brain with one slot and no queue, which runs what it can. */
final class FakeCounters {
    private static final FunctionName F = new FunctionName("f");

    private final NodeBrain brain = new NodeBrain(
            BrainSettings.of(new NodeId("n"), 1, 1, 0),
            new NoScheduler(false),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    private long calls;

    FakeCounters() {
        brain.on(new Event.FunctionsChanged(Set.of(F)), 0);
    }

    /** One that is done. */
    FakeCounters done() {
        long id = arrive();
        brain.on(new Event.ExecutionEnded(id, End.done(Payload.NONE)), 0);
        return this;
    }

    /** Two, of which the second finds no slot. */
    FakeCounters doneAndRejected() {
        long id = arrive();
        arrive();
        brain.on(new Event.ExecutionEnded(id, End.done(Payload.NONE)), 0);
        return this;
    }

    private long arrive() {
        long id = ++calls;
        brain.on(
                new Event.CallArrived(new Call(
                        id, F, Arrival.CLIENT, List.of(), Long.MAX_VALUE, 0, false, Routing.POLICY, 0, Payload.NONE)),
                0);
        return id;
    }

    Counters copy() {
        return brain.counters().copy();
    }
}
