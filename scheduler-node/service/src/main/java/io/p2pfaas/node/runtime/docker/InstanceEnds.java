package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.docker.Engine.Found;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How instances of one function end: removes them, and finds out why they ended by themselves. Thread-safe. */
final class InstanceEnds {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceEnds.class);
    /** The engine says so long after a connection broke that the container has ended, at the latest. */
    private static final long NEWS_NANOS = Duration.ofMillis(150).toNanos();
    /** Once it has ended, so long until it is known why. */
    private static final long REASON_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long REMOVAL_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int REMOVAL_ATTEMPTS = 3;
    private static final int KILLED = 137;

    private final ContainerRuntime runtime;
    private final ContainerShop shop;

    InstanceEnds(ContainerRuntime runtime, ContainerShop shop) {
        this.runtime = runtime;
        this.shop = shop;
    }

    /** See {@link ContainerRuntime#postMortem}. */
    void postMortem(Instance instance, Consumer<@Nullable Failure> told) {
        AtomicBoolean isTold = new AtomicBoolean();
        Consumer<@Nullable Failure> once = why -> {
            if (isTold.compareAndSet(false, true)) {
                told.accept(why);
            }
        };
        instance.onEnd(once);
        if (isTold.get()) {
            return;
        }
        try {
            shop.threads().after(NEWS_NANOS, () -> {
                if (!isTold.get()) {
                    soon(() -> look(instance, once), () -> once.accept(null));
                }
            });
        } catch (RejectedExecutionException ignored) {
            once.accept(null);
        }
    }

    /** Nothing was heard of the container's end. */
    private void look(Instance instance, Consumer<@Nullable Failure> once) {
        Optional<Found> found;
        try {
            String id = instance.id();
            found = id == null ? Optional.empty() : shop.engine().inspect(id);
        } catch (EngineException e) {
            once.accept(e.kind() == EngineException.Kind.UNREACHABLE ? Failure.NO_ENGINE : null);
            return;
        }
        if (found.isPresent() && found.get().state() == Engine.State.RUNNING) {
            once.accept(instance.isOutOfMemory() ? outOfMemory("a program in the function's container") : null);
        } else {
            died(instance, found.map(Found::exitCode).orElse(0));
            try {
                shop.threads().after(REASON_NANOS, () -> once.accept(null));
            } catch (RejectedExecutionException ignored) {
                once.accept(null);
            }
        }
    }

    /** A container has ended; finds out why and tells the pool. */
    void died(Instance instance, int exitCode) {
        if (!instance.isUnwanted() && !instance.end.isDone()) {
            soon(() -> bury(instance, exitCode), () -> lost(instance, obituary(instance, exitCode)));
        }
    }

    private void bury(Instance instance, int exitCode) {
        int code = exitCode;
        try {
            String id = instance.id();
            Optional<Found> found =
                    id == null ? Optional.empty() : shop.engine().inspect(id);
            if (found.isPresent() && found.get().outOfMemory()) {
                instance.ranOutOfMemory();
            }
            code = found.map(Found::exitCode).orElse(exitCode);
        } catch (EngineException e) {
            LOG.debug("container_inspect_failed instance={} why=\"{}\"", instance.name, e.getMessage());
        }
        lost(instance, obituary(instance, code));
    }

    private void lost(Instance instance, Failure why) {
        boolean first = instance.blame(why);
        if (first && !instance.isUnwanted()) {
            (instance.wasReady() ? shop.counters().crashes : shop.counters().failedStarts).increment();
            LOG.warn(
                    "container_ended function={} instance={} why=\"{}\"",
                    runtime.blueprint().function().value(),
                    instance.name,
                    why.text());
        }
        runtime.lost(instance.replica, why);
    }

    private Failure obituary(Instance instance, int exitCode) {
        if (instance.isOutOfMemory()) {
            return outOfMemory("the function's container");
        }
        String when = instance.wasReady() ? "" : "at once ";
        String how = exitCode == KILLED ? "was killed" : "ended " + when + "with exit code " + exitCode;
        return Failure.broken("The function's container " + how + lastWords(instance));
    }

    private Failure outOfMemory(String what) {
        return Failure.broken(capital(what) + " was killed: it used more than its "
                + memory(runtime.blueprint().memoryBytes()) + " of memory.");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static String memory(long bytes) {
        long mebi = 1L << 20;
        return bytes % mebi == 0 ? bytes / mebi + " MiB" : bytes + " bytes";
    }

    /** The end of a sentence, and another one with the last line that it wrote, if any. */
    private String lastWords(Instance instance) {
        String id = instance.id();
        String last = id == null ? "" : LastLine.of(shop.engine(), id);
        return last.isEmpty() ? "." : ". Its last line: " + last + (last.endsWith(".") ? "" : ".");
    }

    /** The engine did not start it. A program that ends at once is a failure of the function, not of the engine. */
    void startFailed(Instance instance, EngineException e) {
        if (e.kind() == EngineException.Kind.UNREACHABLE) {
            runtime.startFailed(instance.replica, Failure.NO_ENGINE);
            return;
        }
        Optional<Found> found = Optional.empty();
        try {
            String id = instance.id();
            found = id == null ? Optional.empty() : shop.engine().inspect(id);
        } catch (EngineException inspection) {
            LOG.debug("container_inspect_failed instance={} why=\"{}\"", instance.name, inspection.getMessage());
        }
        Failure why = found.isPresent() && found.get().state() == Engine.State.GONE
                ? obituary(instance, found.get().exitCode())
                : Failure.unreachable("The function's container could not be started: " + e.getMessage());
        runtime.startFailed(instance.replica, why);
    }

    /** It did not take calls in time. */
    void notReady(Instance instance) {
        Blueprint blueprint = runtime.blueprint();
        soon(
                () -> runtime.startFailed(
                        instance.replica,
                        Failure.unreachable("The function's container did not take calls on port " + blueprint.port()
                                + " within " + seconds(blueprint.startTimeout()) + lastWords(instance))),
                () -> runtime.startFailed(instance.replica, Failure.unreachable("The function did not start.")));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** A container could not be paused or woken: whatever it is, calls cannot rely on it. */
    void unusable(Instance instance, EngineException why) {
        runtime.lost(
                instance.replica,
                why.kind() == EngineException.Kind.UNREACHABLE
                        ? Failure.NO_ENGINE
                        : Failure.broken("The function's container could not be paused or woken: " + why.getMessage()));
    }

    /** Ends an instance that the pool has forgotten. */
    void remove(Instance instance, String why) {
        instance.over(Failure.broken("The function's container was removed while the call ran: " + why + "."));
        FunctionRuntime calls = instance.calls();
        if (calls != null) {
            calls.close();
        }
        LOG.info(
                "container_removed function={} instance={} why=\"{}\"",
                runtime.blueprint().function().value(),
                instance.name,
                why);
        if (instance.discard()) {
            soon(() -> removeNow(instance), () -> LOG.warn("container_left_behind instance={}", instance.name));
        }
    }

    void removeNow(Instance instance) {
        removeNow(instance, REMOVAL_ATTEMPTS);
    }

    private void removeNow(Instance instance, int attempts) {
        String id = instance.id();
        try {
            if (id != null) {
                shop.engine().remove(id);
                shop.counters().removals.increment();
            }
        } catch (EngineException e) {
            // What is left is found by its label and removed when the engine is looked at the next time.
            LOG.warn("container_left_behind instance={} why=\"{}\"", instance.name, e.getMessage());
            if (attempts > 1 && e.kind() != EngineException.Kind.UNREACHABLE && removeLater(instance, attempts - 1)) {
                return;
            }
        }
        shop.removed(instance);
    }

    private boolean removeLater(Instance instance, int attempts) {
        try {
            shop.threads()
                    .after(
                            REMOVAL_PAUSE_NANOS,
                            () -> soon(() -> removeNow(instance, attempts), () -> shop.removed(instance)));
            return true;
        } catch (RejectedExecutionException ignored) {
            // The node is stopping, which removes all that it has.
            return false;
        }
    }

    private void soon(Runnable task, Runnable otherwise) {
        try {
            shop.threads().soon(task);
        } catch (RejectedExecutionException ignored) {
            // The node is stopping, or far too much is going on at once.
            otherwise.run();
        }
    }
}
