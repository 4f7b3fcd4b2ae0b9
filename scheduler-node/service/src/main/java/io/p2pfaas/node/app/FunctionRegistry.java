package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.config.FunctionSetting;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.FunctionState;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import io.p2pfaas.node.runtime.Deployed;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.LogSource;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of this node, managed while it runs: checks a change, keeps it, and tells everybody who has to know. What
 * was deployed at run time wins over what is configured, and is there again after a restart.
 */
final class FunctionRegistry implements FunctionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionRegistry.class);
    private static final int SERVER_ERROR = 500;
    private static final int DEPLOY_ERROR = 200;

    /** Makes what runs functions. */
    interface Runtimes {
        /** Gets what the function needs before it can be made; answers why that cannot be had. May take seconds. */
        Optional<String> prepare(FunctionDefinition definition);

        /**
         * Makes the runtime of a function.
         *
         * @throws IllegalArgumentException if the definition cannot be, with what is allowed
         */
        FunctionRuntime create(FunctionDefinition definition);
    }

    /** Is told which functions can be called, and which are here but cannot. */
    @FunctionalInterface
    interface Listener {
        void functions(Set<FunctionName> usable, Set<FunctionName> unusable);
    }

    private final Deployments deployments;
    private final Runtimes runtimes;
    private final FunctionFiles files;
    private final SecretStore secrets;
    private final Clock clock;
    private final Duration patience;
    private final NameLocks locks = new NameLocks();
    private @Nullable Listener listener;
    private Set<FunctionName> usable = Set.of();
    private Set<FunctionName> unusable = Set.of();

    /**
     * @param patience how long a function that is replaced goes on while its successor starts
     */
    FunctionRegistry(
            Deployments deployments,
            Runtimes runtimes,
            FunctionFiles files,
            SecretStore secrets,
            Clock clock,
            Duration patience) {
        this.deployments = deployments;
        this.runtimes = runtimes;
        this.files = files;
        this.secrets = secrets;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Takes up the functions that are configured, and those that were deployed before the last stop.
     *
     * @throws IllegalArgumentException if a configured one cannot be; of the others that is only logged
     */
    void begin(List<FunctionSetting> configured) {
        for (FunctionSetting setting : configured) {
            FunctionDefinition definition =
                    FunctionDefinition.configured(setting.name(), setting.spec(), setting.idempotent());
            deployments.put(definition, runtimes.create(definition), clock.instant(), () -> {});
        }
        for (FunctionFiles.Kept kept : files.read()) {
            FunctionDefinition definition = kept.definition();
            try {
                requireDeployable(definition);
                secrets.grant(definition.name(), definition.secrets());
                FunctionRuntime runtime = runtimes.create(definition);
                deployments.put(definition, runtime, kept.createdAt(), () -> {});
                kept.replicas().ifPresent(replicas -> scaleTo(runtime, replicas));
            } catch (IOException | IllegalArgumentException wrong) {
                LOG.error("function={} is not there after the restart: {}", definition.name(), wrong.getMessage());
            }
        }
    }

    /** From now on it is told which functions there are, whenever that changes; at once too. */
    synchronized void connect(Listener newListener) {
        listener = newListener;
        usable = deployments.names();
        unusable = deployments.unusable();
        newListener.functions(usable, unusable);
    }

    /** Which functions can be called may have changed. */
    synchronized void refresh() {
        Set<FunctionName> nowUsable = deployments.names();
        Set<FunctionName> nowUnusable = deployments.unusable();
        if (listener != null && !(nowUsable.equals(usable) && nowUnusable.equals(unusable))) {
            usable = nowUsable;
            unusable = nowUnusable;
            listener.functions(nowUsable, nowUnusable);
        }
    }

    @Override
    public List<FunctionState> list() {
        return deployments.all().stream()
                .map(FunctionRegistry::state)
                .sorted(Comparator.comparing(state -> state.definition().name()))
                .toList();
    }

    @Override
    public Optional<FunctionState> find(FunctionName name) {
        return Optional.ofNullable(deployments.find(name)).map(FunctionRegistry::state);
    }

    private static FunctionState state(Deployed deployed) {
        ReplicatedRuntime.Replicas replicas = deployed.runtime() instanceof ReplicatedRuntime replicated
                ? replicated.replicas()
                : new ReplicatedRuntime.Replicas(1, 1);
        return new FunctionState(
                deployed.definition(),
                replicas.wanted(),
                replicas.available(),
                deployed.invocations(),
                deployed.createdAt());
    }

    @Override
    public Optional<Refusal> deploy(FunctionDefinition definition) {
        return locks.alone(definition.name(), () -> put(definition));
    }

    @Override
    public Optional<Refusal> update(FunctionDefinition definition) {
        return locks.alone(
                definition.name(),
                () -> deployments.find(definition.name()) == null
                        ? Optional.of(unknown(definition.name()))
                        : put(definition));
    }

    private Optional<Refusal> put(FunctionDefinition definition) {
        FunctionName name = definition.name();
        List<String> missing = secrets.missing(definition.secrets());
        if (!missing.isEmpty()) {
            return Optional.of(Refusal.wrongInput("secrets: there is no secret " + String.join(", ", missing)));
        }
        Instant now = clock.instant();
        FunctionRuntime runtime;
        try {
            requireDeployable(definition);
            Optional<String> unprepared = runtimes.prepare(definition);
            if (unprepared.isPresent()) {
                return Optional.of(new Refusal(SERVER_ERROR, DEPLOY_ERROR, unprepared.get()));
            }
            // Only added: what the function that is replaced may read, it reads until it is gone.
            secrets.grantToo(name, definition.secrets());
            runtime = runtimes.create(definition);
        } catch (IllegalArgumentException wrong) {
            settleSecrets(name);
            return Optional.of(Refusal.wrongInput(String.valueOf(wrong.getMessage())));
        } catch (IOException failed) {
            return Optional.of(unkept(name, failed));
        }
        try {
            files.write(new FunctionFiles.Kept(definition, now, OptionalInt.empty()));
        } catch (IOException failed) {
            runtime.undeploy();
            settleSecrets(name);
            return Optional.of(unkept(name, failed));
        }
        boolean replaces = deployments.find(name) != null;
        if (replaces) {
            awaitSettled(runtime);
        }
        deployments.put(definition, runtime, now, () -> locks.alone(name, () -> settleSecrets(name)));
        refresh();
        LOG.info("function={} {} image={}", name, replaces ? "replaced" : "deployed", definition.image());
        return Optional.empty();
    }

    /** A function may read what its definition names, and nothing else any more. */
    private boolean settleSecrets(FunctionName name) {
        Deployed deployed = deployments.find(name);
        try {
            secrets.grant(
                    name, deployed == null ? List.of() : deployed.definition().secrets());
            return true;
        } catch (IOException failed) {
            LOG.error("function={} may go on reading secrets that it should not: {}", name, failed.toString());
            return false;
        }
    }

    /** What runs on the machine itself, or calls any address from inside the network, only the node's owner may say. */
    private static void requireDeployable(FunctionDefinition definition) {
        if (!definition.isContainer() && !definition.image().startsWith(FunctionDefinition.BUILTIN)) {
            throw new IllegalArgumentException("image is \"" + definition.image()
                    + "\"; allowed are images and builtin functions. exec: and http: functions are given to the node at"
                    + " its start");
        }
    }

    private void awaitSettled(FunctionRuntime runtime) {
        if (runtime instanceof ReplicatedRuntime replicated) {
            try {
                replicated.settled().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException ignored) {
                // The definition counts, whether its containers start or not; callers are told what is wrong.
                LOG.warn("a successor has not started yet, and takes over all the same");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<Refusal> remove(FunctionName name) {
        return locks.alone(name, () -> {
            if (deployments.find(name) == null) {
                return Optional.of(unknown(name));
            }
            try {
                files.remove(name);
            } catch (IOException failed) {
                return Optional.of(unkept(name, failed));
            }
            deployments.remove(name, () -> locks.alone(name, () -> settleSecrets(name)));
            refresh();
            LOG.info("function={} removed", name);
            return Optional.empty();
        });
    }

    @Override
    public Optional<Refusal> scale(FunctionName name, int replicas) {
        return locks.alone(name, () -> {
            Deployed deployed = deployments.find(name);
            if (deployed == null) {
                return Optional.of(unknown(name));
            }
            try {
                scaleTo(deployed.runtime(), replicas);
                if (files.has(name)) {
                    files.write(new FunctionFiles.Kept(
                            deployed.definition(), deployed.createdAt(), OptionalInt.of(replicas)));
                }
                LOG.info("function={} scaled to replicas={}", name, replicas);
                return Optional.empty();
            } catch (IllegalArgumentException wrong) {
                return Optional.of(Refusal.wrongInput(String.valueOf(wrong.getMessage())));
            } catch (IOException failed) {
                return Optional.of(unkept(name, failed));
            }
        });
    }

    private static void scaleTo(FunctionRuntime runtime, int replicas) {
        if (runtime instanceof ReplicatedRuntime replicated) {
            replicated.scale(replicas);
        } else if (replicas != 1) {
            throw new IllegalArgumentException(
                    "replicas is " + replicas + "; allowed is 1, since the function runs in no container");
        }
    }

    @Override
    public LogStream logs(LogQuery query, LogSink sink) {
        Deployed deployed = deployments.find(query.name());
        if (deployed != null && deployed.runtime() instanceof LogSource source) {
            return source.logs(query, sink);
        }
        sink.ended();
        return () -> {};
    }

    private static Refusal unknown(FunctionName name) {
        return new Refusal(404, 3, "Not Found: there is no function " + name);
    }

    private static Refusal unkept(FunctionName name, IOException failed) {
        return new Refusal(
                SERVER_ERROR,
                2,
                "DB Error: the function " + name + " cannot be kept: "
                        + failed.getClass().getSimpleName());
    }
}
