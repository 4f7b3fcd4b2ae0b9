package io.p2pfaas.load.cli;

import io.p2pfaas.load.report.TheoryCurves;
import io.p2pfaas.load.theory.LossQueue;
import java.util.ArrayList;
import java.util.List;

/** The curves of {@link LossQueue} that reports lay over results: nodes on their own, and all nodes as one. */
final class LossTheory implements TheoryCurves {
    /** A curve is evaluated at many loads, each in time that grows with the states. */
    private static final long MAX_STATES = 1_000_000;

    @Override
    public List<Loss> losses(Setting setting) {
        int slots = setting.slots();
        int queue = setting.queue();
        List<Loss> losses = new ArrayList<>();
        losses.add(new Loss(
                "each node alone (M/M/K/K+Q)",
                LossQueue.single(slots, queue, setting.rho()).loss()));
        if (setting.nodes() * ((long) slots + queue) <= MAX_STATES) {
            losses.add(new Loss(
                    "all nodes pooled (bound)",
                    LossQueue.pooled(setting.nodes(), slots, queue, setting.rho())
                            .loss()));
        }
        return losses;
    }
}
