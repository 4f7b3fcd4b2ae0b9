package io.p2pfaas.load.report.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.SettingValue;
import io.p2pfaas.load.report.StoredResults;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the experiment says of rates and times that runs do not repeat. */
final class OfferedRate {
    private static final String USUAL_SLOTS = "4";
    private static final String USUAL_WARMUP = "5s";

    private final JsonNode experiment;

    OfferedRate(StoredResults folder) {
        this.experiment = folder.experiment();
    }

    /** Calls per second and node; null if the experiment does not tell. */
    @Nullable
    Double of(RunResult run) {
        OptionalDouble lambda = SettingValue.number(run.point().getOrDefault(Grid.LAMBDA, ""));
        if (lambda.isPresent()) {
            return lambda.getAsDouble();
        }
        OptionalDouble rho = SettingValue.number(run.point().getOrDefault(Grid.RHO, ""));
        OptionalDouble slots = SettingValue.number(run.point()
                .getOrDefault(
                        Grid.SLOTS, experiment.path("cluster").path(Grid.SLOTS).asText(usual(USUAL_SLOTS))));
        if (rho.isEmpty() || slots.isEmpty() || !(run.serviceNanos() > 0)) {
            return null;
        }
        return rho.getAsDouble() * slots.getAsDouble() / (run.serviceNanos() / 1e9);
    }

    /** What holds if the file says nothing; nothing holds if there is no file. */
    private String usual(String value) {
        return experiment.isObject() ? value : "";
    }

    /** Calls due before it do not count. */
    long warmupNanos() {
        return Math.round(1e6
                * SettingValue.number(experiment.path("run").path("warmup").asText(usual(USUAL_WARMUP)))
                        .orElse(0));
    }
}
