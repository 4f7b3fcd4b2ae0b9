package io.p2pfaas.load.fuzz;

import io.p2pfaas.core.fuzz.FuzzTarget;
import io.p2pfaas.load.live.AnswerParsers;
import io.p2pfaas.load.live.cluster.StatusParsers;
import io.p2pfaas.load.plan.PlanParsers;
import java.util.List;
import java.util.function.Supplier;

/** What is fuzzed together. */
public final class LabTargets implements Supplier<List<FuzzTarget>> {
    @Override
    public List<FuzzTarget> get() {
        return List.of(new FuzzTarget("experiments", PlanParsers.all())
                .with(AnswerParsers.all())
                .with(StatusParsers.all()));
    }
}
