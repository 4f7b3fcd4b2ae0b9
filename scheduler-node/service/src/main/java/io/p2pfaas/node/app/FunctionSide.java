package io.p2pfaas.node.app;

import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.http.Management;
import io.p2pfaas.node.runtime.BuiltinRuntimes;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.ExecRuntimes;
import io.p2pfaas.node.runtime.docker.ContainerCounters;
import io.p2pfaas.node.runtime.docker.ContainerRuntimes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The functions of a node, what runs them, and who manages them. */
final class FunctionSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionSide.class);
    private static final long ENGINE_PATIENCE_MILLIS = 2000;
    private static final Duration SUCCESSOR_PATIENCE = Duration.ofSeconds(15);

    private final Workers workers = new Workers();
    private final BuiltinRuntimes builtins = new BuiltinRuntimes();
    private final ExecRuntimes programs;
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
        containers = Wiring.containers(settings, entrance, secrets::folderOf);
        deployments = new Deployments(workers.retirement());
        registry = new FunctionRegistry(
                deployments,
                new RuntimeFactory(entrance, builtins, programs, containers, Wiring.httpLimits(settings)),
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
    Management management(NodeSettings settings) {
        return new Management(registry, secrets, Wiring.managementSetup(settings), workers.management());
    }

    /**
     * Starts what has to run, and tells which functions can be called, now and whenever that changes. Waits a moment for
     * the container engine if there are functions for it: a node that was ended with its functions at work should not
     * come back with the answer that it does not know them.
     */
    void begin(FunctionRegistry.Listener listener) {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        registry.connect(listener);
        containers.begin(usable -> {
            registry.refresh();
            looked.complete(null);
        });
        if (!deployments.unusable().isEmpty()) {
            try {
                looked.get(ENGINE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException ignored) {
                LOG.warn("the container engine is not there; its functions can be called when it is");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
    }
}
