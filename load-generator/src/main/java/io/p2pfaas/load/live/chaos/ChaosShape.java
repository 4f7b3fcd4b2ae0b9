package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.cluster.ClusterShape;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.ServiceLaw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How the nodes of a chaos run are started: with both functions, and a data folder each. */
final class ChaosShape {
    private ChaosShape() {}

    static ClusterShape of(ChaosPlan plan, FunctionServer functions, Path folder) {
        String spec = functions.spec(NodeLaunch.ID);
        return new ClusterShape(
                List.of(),
                plan.nodes(),
                plan.keptBroker() ? ClusterShape.KEPT_MOSQUITTO : ClusterShape.MOSQUITTO,
                plan.slots(),
                plan.queue(),
                "",
                new FunctionSpec(
                        CallMix.WORK,
                        spec,
                        new ServiceLaw.Exponential(plan.service().toNanos()),
                        true,
                        Duration.ZERO,
                        Duration.ZERO),
                List.of(
                        new Setting("functions", CallMix.ONCE + "=" + spec),
                        new Setting("call.timeout", plan.budget().toMillis() + "ms"),
                        new Setting(
                                "data", folder.resolve("data-" + NodeLaunch.ID).toString())));
    }
}
