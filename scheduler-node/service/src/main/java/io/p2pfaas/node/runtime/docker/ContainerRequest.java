package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import java.util.List;
import java.util.Map;

/** A plan as the engine wants to be told. */
final class ContainerRequest {
    /** Where a function finds its secrets, each a file. */
    static final String SECRETS = "/var/openfaas/secrets";

    /** A function that writes without end must not fill the host's disk. */
    private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "4m", "max-file", "3");
    /**
     * Nobody can be asked at it, and {@link HostFirewall} says so at once. Older engines pass questions about names on for
     * containers on internal networks too, from the host, and so let data out.
     */
    private static final String NO_NAME_SERVER = "169.254.0.1";

    private ContainerRequest() {}

    /**
     * The request; it has not been sent.
     *
     * @param internal whether the plan's network is internal
     * @param init whether the engine has a process that collects zombies
     */
    static CreateContainerCmd of(DockerClient client, ContainerPlan plan, boolean internal, boolean init) {
        CreateContainerCmd request = client.createContainerCmd(plan.image())
                .withName(plan.name())
                .withLabels(plan.labels())
                .withEnv(plan.environment())
                .withHostConfig(limits(plan, internal, init));
        return plan.user().map(request::withUser).orElse(request);
    }

    private static HostConfig limits(ContainerPlan plan, boolean internal, boolean init) {
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(plan.network())
                .withMemory(plan.memoryBytes())
                .withMemorySwap(plan.memoryBytes())
                .withNanoCPUs(plan.nanoCpus())
                .withPidsLimit(plan.pids())
                .withReadonlyRootfs(plan.readOnlyRoot())
                // Programs may be run from it: many libraries unpack native code there.
                .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777,size=" + plan.tmpfsBytes()))
                .withCapDrop(Capability.ALL)
                .withCapAdd(
                        plan.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new))
                .withSecurityOpts(plan.newPrivileges() ? List.of() : List.of("no-new-privileges"))
                .withPrivileged(false)
                .withPublishAllPorts(false)
                .withIpcMode("private")
                .withOomKillDisable(false)
                .withRestartPolicy(RestartPolicy.noRestart())
                .withUlimits(List.of(new Ulimit("core", 0L, 0L)))
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, LOG_LIMITS))
                .withInit(init);
        if (internal) {
            config.withDns(NO_NAME_SERVER);
        }
        plan.secrets()
                .ifPresent(folder -> config.withMounts(List.of(new Mount()
                        .withType(MountType.BIND)
                        .withSource(folder.toString())
                        .withTarget(SECRETS)
                        .withReadOnly(true))));
        return config;
    }
}
