package io.p2pfaas.plugin;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import java.util.List;

/** A call as a plug-in sees it: copies of what changes. */
final class GatedCall implements CallView {
    private final Gate gate;
    private final CallView view;
    private final Call call;
    private final long arrivedNanos;
    private final List<Attempt> attempts;
    private final boolean probed;
    private final List<Sample> probeAnswers;

    GatedCall(Gate gate, CallView view) {
        this.gate = gate;
        this.view = view;
        this.call = view.call();
        this.arrivedNanos = view.arrivedNanos();
        this.attempts = List.copyOf(view.attempts());
        this.probed = view.probed();
        this.probeAnswers = List.copyOf(view.probeAnswers());
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
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
        return probeAnswers;
    }

    @Override
    public boolean tried(NodeId peer) {
        return gate.pass(() -> view.tried(peer));
    }
}
