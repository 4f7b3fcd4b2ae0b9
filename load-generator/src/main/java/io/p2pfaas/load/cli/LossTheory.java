package io.p2pfaas.load.cli;

import io.p2pfaas.load.report.TheoryCurves;
import io.p2pfaas.load.theory.LossQueue;
import java.util.List;

/** The curves of {@link LossQueue} that reports lay over results: nodes on their own, and all nodes as one. */
final class LossTheory implements TheoryCurves {
    @Override
    public List<Loss> losses(Setting setting) {
        int slots = setting.slots();
        int queue = setting.queue();
        String alone = queue == 0 ? "each node alone (Erlang B)" : "each node alone (M/M/K/K+Q)";
        return List.of(
                new Loss(alone, LossQueue.single(slots, queue, setting.rho()).loss()),
                new Loss(
                        "all nodes pooled (bound)",
                        LossQueue.pooled(setting.nodes(), slots, queue, setting.rho())
                                .loss()));
    }
}
