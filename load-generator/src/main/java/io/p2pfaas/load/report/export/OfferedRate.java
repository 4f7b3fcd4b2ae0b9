package io.p2pfaas.load.report.export;

import io.p2pfaas.load.campaign.PlannedLoad;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.StoredResults;
import org.jspecify.annotations.Nullable;

/** What the experiment says of rates and times that runs do not repeat. */
final class OfferedRate {
    private final @Nullable Experiment experiment;

    OfferedRate(StoredResults folder) {
        this.experiment = folder.experiment();
    }

    /** Calls per second and node, on average over nodes; null if the experiment is unknown. */
    @Nullable
    Double of(RunResult run) {
        if (experiment == null) {
            return null;
        }
        PlannedLoad load = PlannedLoad.of(experiment, new Point(run.point()));
        return load.rates().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** Calls due before it do not count. */
    long warmupNanos() {
        return experiment == null ? 0 : experiment.run().warmup().toNanos();
    }
}
