package io.p2pfaas.core.policy;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call in the state in which a test wants a policy to be asked. */
final class CallBuilder implements CallView {
    private final Call call;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Sample> answers = new ArrayList<>();
    private final long number;
    private boolean probed;
    private @Nullable Choice choice;

    private CallBuilder(Arrival arrival, List<NodeId> path, int taskType, long wantedWithinNanos, long number) {
        this.number = number;
        call = new Call(
                1,
                new FunctionName("f"),
                arrival,
                path,
                Long.MAX_VALUE,
                0,
                true,
                Routing.POLICY,
                taskType,
                wantedWithinNanos,
                Payload.NONE);
    }

    static CallBuilder ofCaller() {
        return ofCaller(0);
    }

    static CallBuilder ofCaller(int taskType) {
        return ofCaller(taskType, 0, 1);
    }

    static CallBuilder ofCaller(int taskType, long wantedWithinNanos, long number) {
        return new CallBuilder(Arrival.CLIENT, List.of(), taskType, wantedWithinNanos, number);
    }

    /** A peer's call that has changed nodes so often. */
    static CallBuilder ofPeer(Arrival arrival, int hops) {
        List<NodeId> path = new ArrayList<>();
        for (int i = 0; i < hops; i++) {
            path.add(new NodeId("from" + i));
        }
        return new CallBuilder(arrival, path, 0, 0, 0);
    }

    CallBuilder refusedBy(String peer) {
        attempts.add(new Attempt(null, new NodeId(peer), Reason.QUEUE_FULL));
        return this;
    }

    CallBuilder refusedBy(SpillGroup group, String peer) {
        attempts.add(new Attempt(group, new NodeId(peer), Reason.NO_SLOT));
        return this;
    }

    CallBuilder nobodyIn(SpillGroup group) {
        attempts.add(new Attempt(group, null, Reason.NO_TAKER));
        return this;
    }

    CallBuilder silenceIn(SpillGroup group) {
        attempts.add(new Attempt(group, null, Reason.PEER_SILENT));
        return this;
    }

    CallBuilder withoutAnswers() {
        probed = true;
        return this;
    }

    CallBuilder answer(String peer, int load) {
        probed = true;
        int running = Math.min(load, 4);
        answers.add(new Sample(new NodeId(peer), 1, 1, new Load(running, 4, load - running, 4)));
        return this;
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public @Nullable Choice choice() {
        return choice;
    }

    @Override
    public void remember(Choice chosen) {
        choice = chosen;
    }

    @Override
    public long arrivedNanos() {
        return 0;
    }

    @Override
    public List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public boolean probed() {
        return probed;
    }

    @Override
    public List<Sample> probeAnswers() {
        return answers;
    }
}
