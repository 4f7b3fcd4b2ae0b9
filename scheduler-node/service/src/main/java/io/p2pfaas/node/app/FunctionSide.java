package io.p2pfaas.node.app;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.http.Management;
import io.p2pfaas.node.http.ManagementSetup;
import io.p2pfaas.node.runtime.BuiltinRuntimes;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.ExecRuntimes;
import io.p2pfaas.node.runtime.docker.ContainerCounters;
import io.p2pfaas.node.runtime.docker.ContainerRuntimes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The functions of a node, what runs them, and who manages them. */
final class FunctionSide implements AutoCloseable {
    private static final Duration SUCCESSOR_PATIENCE = Duration.ofSeconds(15);

    private final Workers workers = new Workers();
    private final BuiltinRuntimes builtins = new BuiltinRuntimes();
    private final ExecRuntimes programs;
    private final EngineOwner owner;
    private final ContainerRuntimes containers;
    private final SecretStore secrets;
    private final Deployments deployments;
    private final FunctionRegistry registry;

    /**
     * Makes all functions that are configured or were deployed; none runs yet.
     *
     * @throws IllegalArgumentException if a configured one cannot be
     */
    FunctionSide(NodeSettings settings, HttpEntrance entrance) {
        programs = new ExecRuntimes(Math.toIntExact(settings.http().maxBodyBytes()));
        secrets = new SecretStore(settings.data());
        owner = EngineOwner.of(
                settings.broker().root() + "/" + settings.id(), Path.of(System.getProperty("java.io.tmpdir")));
        containers = Wiring.containers(settings, owner.name(), entrance, secrets::folderOf);
        deployments = new Deployments(workers.retirement());
        registry = new FunctionRegistry(
                deployments,
                new RuntimeFactory(entrance, builtins, programs, containers, Wiring.httpLimits(settings), owner::warn),
                new FunctionFiles(settings.data()),
                secrets,
                Clock.systemUTC(),
                SUCCESSOR_PATIENCE);
        registry.begin(settings.functions());
    }

    Deployments deployments() {
        return deployments;
    }

    /** What happened to containers so far. */
    ContainerCounters containerCounters() {
        return containers.counters();
    }

    /** How all this is managed over HTTP. */
    Management management(Access access) {
        return new Management(registry, secrets, ManagementSetup.of(access, Version.text()), workers.management());
    }

    /**
     * Starts what has to run, and tells which functions can be called, now and whenever that changes. Calls that come before
     * the container engine was looked at wait for that.
     */
    void begin(FunctionRegistry.Listener listener) {
        registry.connect(listener);
        containers.begin(usable -> registry.refresh());
    }

    /** The functions go: what runs ends, and is told to those who wait for it. */
    void closeFunctions() {
        deployments.close();
        containers.close();
    }

    /** The rest, when nobody can ask for it any more. */
    @Override
    public void close() {
        builtins.close();
        programs.close();
        workers.close();
        secrets.close();
        owner.close();
    }
}
