package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.runtime.docker.Engine.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runtimes for functions in containers, and keeps what they share: the engine, threads, news of containers. One per
 * node. Safe for use from any thread.
 *
 * <p>Nothing is started before {@link #begin}: first come all functions that the node knows, then what the engine has is
 * compared with them. Without an engine functions can be made all the same; they work when it comes. Until the first
 * function is made the engine is asked only once, for what a former life left.
 */
public final class ContainerRuntimes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerRuntimes.class);
    private static final long STOP_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long TASKS_NANOS = Duration.ofSeconds(3).toNanos();

    private final Engine engine;
    private final String owner;
    private final Blueprint.Reader blueprints;
    private final boolean keep;
    private final OwnThreads threads = new OwnThreads();
    private final ContainerCounters counters = new ContainerCounters();
    private final Shop shop;
    private final ImageFetches fetches;
    private final EngineWatch watch;
    private final List<ContainerRuntime> runtimes = new CopyOnWriteArrayList<>();
    private final Map<String, Instance> instances = new ConcurrentHashMap<>();
    /** Held while what the engine has is compared with what there should be. */
    private final Object looking = new Object();

    private boolean begun;

    private volatile boolean usable;
    /** Known not to answer; neither is known before the first look. */
    private volatile boolean absent;

    private volatile boolean closed;
    private volatile Consumer<Boolean> listener = isUsable -> {};

    ContainerRuntimes(Engine engine, String owner, Blueprint.Reader blueprints, Callers callers, boolean keep) {
        this.engine = engine;
        this.owner = owner;
        this.blueprints = blueprints;
        this.keep = keep;
        this.shop = new Shop(callers);
        this.fetches = new ImageFetches(engine);
        this.watch = new EngineWatch(engine, owner, new News());
    }

    /**
     * For a Docker engine; nothing is connected yet.
     *
     * @param engineAddress {@code unix:///var/run/docker.sock}
     * @param mayPull whether images that are not there may be fetched
     * @param images which images functions may be made of
     * @param secrets the folder that has a function's secrets, if it has any
     * @param keep whether containers are left running when the node stops
     */
    public static ContainerRuntimes onDocker(
            String engineAddress,
            boolean mayPull,
            ContainerDefaults defaults,
            HttpParts http,
            AllowedImages images,
            Function<FunctionDefinition, Optional<Path>> secrets,
            boolean keep) {
        return new ContainerRuntimes(
                new DockerEngine(engineAddress, mayPull),
                defaults.owner(),
                new DefinedBlueprints(defaults, images, secrets),
                new XnioCallers(http),
                keep);
    }

    /**
     * Compares what the engine has with the functions made so far, removes what belongs to none, and starts what is
     * missing; returns at once.
     *
     * @param listener is told when the engine can be used and when not any more; must not block
     */
    public void begin(Consumer<Boolean> listener) {
        this.listener = listener;
        synchronized (looking) {
            begun = true;
            if (runtimes.isEmpty()) {
                threads.soon(this::sweep);
            } else {
                watch.begin();
            }
        }
    }

    /** No function needs the engine, and nobody need hear of one that is away. But a former life may have left something. */
    private void sweep() {
        synchronized (looking) {
            if (!runtimes.isEmpty() || !engine.isThere()) {
                return;
            }
            try {
                engine.list(Labels.OWNER, owner).forEach(this::remove);
                removeNetworks(List.of());
            } catch (EngineException e) {
                LOG.debug("engine_not_swept", e);
            }
        }
    }

    /**
     * Makes sure that a function's image is there, and fetches it if it is not. Waits, at most for about 20 s; then the
     * image is fetched on in the background.
     *
     * @param progress is told now and then how far it is
     * @throws IllegalArgumentException if the definition is wrong, with what is allowed
     */
    public Preparation prepare(FunctionDefinition definition, Consumer<String> progress) {
        return fetches.prepare(blueprints.read(definition).image(), progress);
    }

    /**
     * A runtime for the function. Its first instances are started at once if the engine is there.
     *
     * @throws IllegalArgumentException if the definition is wrong, with what is allowed
     */
    public ReplicatedRuntime create(FunctionDefinition definition) {
        ContainerRuntime runtime = new ContainerRuntime(blueprints.read(definition), shop);
        synchronized (looking) {
            runtimes.add(runtime);
            if (begun) {
                watch.begin();
            }
            if (usable) {
                runtime.engineThere();
            } else if (absent) {
                runtime.engineLost();
            }
        }
        return runtime;
    }

    /** Whether the engine can be used just now. */
    public boolean usable() {
        return usable;
    }

    /** What happened so far. */
    public ContainerCounters counters() {
        return counters;
    }

    /** The node stops: calls end, containers are removed (or kept, for the node that comes after). Waits some seconds. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        runtimes.forEach(ContainerRuntime::close);
        watch.close();
        fetches.close();
        if (!threads.stopMaking(TASKS_NANOS)) {
            LOG.warn("containers_left_behind owner={} why=\"they are still being made\"", owner);
        }
        if (usable && !keep) {
            removeAll();
        }
        if (!threads.finish(TASKS_NANOS)) {
            LOG.warn("container_tasks_cut_short owner={}", owner);
        }
        threads.close();
        engine.close();
    }

    private void removeAll() {
        try {
            List<Found> all = engine.list(Labels.OWNER, owner);
            CountDownLatch left = new CountDownLatch(all.size());
            for (Found found : all) {
                threads.soon(() -> {
                    remove(found);
                    left.countDown();
                });
            }
            if (!left.await(STOP_NANOS, TimeUnit.NANOSECONDS)) {
                LOG.warn("containers_left_behind owner={} count={}", owner, left.getCount());
            }
            removeNetworks(List.of());
        } catch (EngineException | RejectedExecutionException e) {
            LOG.warn("containers_left_behind owner={} why=\"{}\"", owner, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(Found found) {
        try {
            engine.remove(found.id());
            LOG.info("container_removed instance={} why=\"nobody needs it\"", found.name());
        } catch (EngineException e) {
            LOG.warn("container_left_behind instance={} why=\"{}\"", found.name(), e.getMessage());
        }
    }

    /** Those of functions that are not here. */
    private void removeNetworks(Collection<ContainerRuntime> present) throws EngineException {
        Set<String> needed = new HashSet<>();
        present.forEach(runtime -> needed.add(runtime.blueprint().network()));
        for (String network : engine.networks(Labels.OWNER, owner)) {
            if (!needed.contains(network)) {
                removeNetwork(network);
            }
        }
    }

    private void removeNetwork(String network) {
        try {
            engine.removeNetwork(network);
        } catch (EngineException e) {
            LOG.warn("network_left_behind network={} why=\"{}\"", network, e.getMessage());
        }
    }

    private void look() throws EngineException {
        synchronized (looking) {
            Map<String, Found> containers = new LinkedHashMap<>();
            engine.list(Labels.OWNER, owner).forEach(found -> containers.put(found.id(), found));
            for (ContainerRuntime runtime : runtimes) {
                runtime.maker().forget();
                new Adoption(runtime, shop).reconcile(containers);
            }
            List<Found> orphans = new ArrayList<>(containers.values());
            if (!closed) {
                usable = true;
                absent = false;
                runtimes.forEach(ContainerRuntime::engineThere);
                listener.accept(true);
            }
            // Calls come first: an orphan can be removed while they run.
            orphans.forEach(orphan -> threads.soon(() -> remove(orphan)));
            threads.soon(() -> {
                try {
                    removeNetworks(runtimes);
                } catch (EngineException e) {
                    LOG.warn("networks_left_behind owner={} why=\"{}\"", owner, e.getMessage());
                }
            });
        }
    }

    /** What the engine tells. */
    private final class News implements EngineWatch.Desk {
        @Override
        public void there() throws EngineException {
            look();
        }

        @Override
        public void absent() {
            // Until it was looked for, an engine counts as there.
            boolean isNews = !absent;
            usable = false;
            absent = true;
            runtimes.forEach(ContainerRuntime::engineLost);
            if (isNews) {
                listener.accept(false);
            }
        }

        @Override
        public void died(String id, int exitCode) {
            Instance instance = instances.get(id);
            if (instance != null) {
                instance.runtime.died(instance, exitCode);
            }
        }

        @Override
        public void outOfMemory(String id) {
            Instance instance = instances.get(id);
            if (instance != null) {
                counters.outOfMemory.increment();
                instance.ranOutOfMemory();
            }
        }

        @Override
        public void lost() {
            if (!closed) {
                LOG.warn("engine_lost owner={}", owner);
                absent();
            }
        }
    }

    /** What runtimes see of all this. */
    private final class Shop implements ContainerShop {
        private static final int SUFFIX_BOUND = 1 << 24;

        private final Callers callers;

        Shop(Callers callers) {
            this.callers = callers;
        }

        @Override
        public Engine engine() {
            return engine;
        }

        @Override
        public ContainerThreads threads() {
            return threads;
        }

        @Override
        public Callers callers() {
            return callers;
        }

        @Override
        public ContainerCounters counters() {
            return counters;
        }

        @Override
        public String owner() {
            return owner;
        }

        @Override
        public String newSuffix() {
            // Nodes do not know of each other's containers: chance keeps their names apart.
            int suffix = ThreadLocalRandom.current().nextInt(SUFFIX_BOUND);
            return Integer.toHexString(SUFFIX_BOUND | suffix).substring(1);
        }

        @Override
        public void created(String id, Instance instance) {
            instances.put(id, instance);
        }

        @Override
        public void forgotten(String id) {
            instances.remove(id);
        }

        @Override
        public void removed(Instance instance) {
            String id = instance.id();
            if (id != null) {
                instances.remove(id);
            }
            left(instance.runtime);
        }

        @Override
        public void left(ContainerRuntime runtime) {
            if (!runtime.isUndeployed() || instances.values().stream().anyMatch(one -> one.runtime == runtime)) {
                return;
            }
            if (runtime.instances().isEmpty() && runtimes.remove(runtime) && !closed) {
                String network = runtime.blueprint().network();
                if (runtimes.stream()
                        .noneMatch(other -> other.blueprint().network().equals(network))) {
                    threads.soon(() -> removeNetwork(network));
                }
            }
        }
    }
}
