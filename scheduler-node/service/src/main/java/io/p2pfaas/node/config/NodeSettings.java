package io.p2pfaas.node.config;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set on a node, built once by {@link SettingsLoader} and passed down.
 *
 * @param scheduler the policy to start with; absent = the node chooses one itself
 * @param shadow the policy whose decisions are only counted; absent = none
 * @param plugins all algorithms that can be chosen, now and later
 * @param functions deployed from the start, in the order given
 * @param access who may do what over HTTP
 * @param data folder that survives restarts; absent = nothing is kept
 * @param stopGrace how long calls may go on after the node was asked to stop
 */
public record NodeSettings(
        NodeId id,
        HttpSettings http,
        BrokerSettings broker,
        CapacitySettings capacity,
        Optional<PolicySpec> scheduler,
        Optional<PolicySpec> shadow,
        Plugins plugins,
        CallSettings call,
        DeviceSettings devices,
        DiscoverySettings discovery,
        LearnerOptions learner,
        List<FunctionSetting> functions,
        AccessSettings access,
        DockerSettings docker,
        AsyncSettings async,
        TracingSettings tracing,
        LogSettings log,
        Optional<Path> data,
        Duration stopGrace) {
    public NodeSettings {
        functions = List.copyOf(functions);
    }
}
