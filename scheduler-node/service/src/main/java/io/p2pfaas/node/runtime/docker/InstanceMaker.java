package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.docker.ContainerCounters.ColdStart;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes instances of one function: creates a container, starts it, waits until it takes calls. Thread-safe. */
final class InstanceMaker {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceMaker.class);

    private final ContainerRuntime runtime;
    private final InstanceEnds ends;
    private final ContainerShop shop;
    private final Blueprint blueprint;
    /** The image's id once it and the network are known to be there. */
    private volatile @Nullable String imageId;

    InstanceMaker(ContainerRuntime runtime, InstanceEnds ends, ContainerShop shop) {
        this.runtime = runtime;
        this.ends = ends;
        this.shop = shop;
        this.blueprint = runtime.blueprint();
    }

    void make(Replica replica) {
        String suffix = shop.newSuffix();
        String name = blueprint.plan().plan(suffix, Map.of()).name();
        Instance instance = new Instance(runtime, replica, name, true);
        replica.container = instance;
        try {
            shop.threads().making(() -> make(instance, suffix));
        } catch (RejectedExecutionException e) {
            instance.made();
            runtime.startFailed(replica, Failure.unreachable("Too many containers are being started."));
        }
    }

    private void make(Instance instance, String suffix) {
        try {
            if (!instance.isUnwanted()) {
                createAndStart(instance, suffix);
            }
        } catch (EngineException e) {
            ends.startFailed(instance, e);
        } catch (RuntimeException e) {
            LOG.error("container_start_failed function={}", blueprint.function().value(), e);
            runtime.startFailed(instance.replica, Failure.broken("The function's container could not be started."));
        } finally {
            if (instance.made()) {
                ends.removeNow(instance);
            }
        }
    }

    private void createAndStart(Instance instance, String suffix) throws EngineException {
        long begun = shop.threads().now();
        String id = created(instance, suffix);
        long created = shop.threads().now();
        if (instance.isUnwanted()) {
            return;
        }
        String address = start(id, instance, suffix);
        long started = shop.threads().now();
        runtime.functionLogs().appeared(instance);
        if (!instance.isUnwanted()) {
            awaitReady(instance, address, ready -> {
                shop.counters()
                        .coldStart(
                                blueprint.function(),
                                new ColdStart(created - begun, started - created, ready - started));
                LOG.info(
                        "container_ready function={} instance={} create_ms={} start_ms={} ready_ms={}",
                        blueprint.function().value(),
                        instance.name,
                        (created - begun) / 1_000_000,
                        (started - created) / 1_000_000,
                        (ready - started) / 1_000_000);
            });
        }
    }

    private String created(Instance instance, String suffix) throws EngineException {
        String id = create(suffix);
        instance.created(id);
        shop.created(id, instance);
        return id;
    }

    /** The engine looks for the network only now; it may have gone with a former life of the function, or by hand. */
    private String start(String id, Instance instance, String suffix) throws EngineException {
        try {
            return shop.engine().start(id);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.UNREACHABLE || instance.end.isDone()) {
                throw e;
            }
            String network = blueprint.network();
            boolean isThere = shop.engine().networks(Labels.OWNER, shop.owner()).contains(network);
            imageId = null;
            if (isThere) {
                throw e;
            }
            LOG.warn(
                    "network_gone function={} network={}: made again",
                    blueprint.function().value(),
                    network);
            shop.forgotten(id);
            shop.engine().remove(id);
            return shop.engine().start(created(instance, suffix));
        }
    }

    /** Takes over a container that runs or is paused. */
    void adopt(Instance instance, Engine.Found found) {
        instance.created(found.id());
        shop.created(found.id(), instance);
        if (found.state() == Engine.State.PAUSED) {
            instance.becameReady();
            instance.calledBy(shop.callers().calling(found.address(), blueprint.port()));
        } else {
            awaitReady(instance, found.address(), ready -> {});
        }
    }

    private void awaitReady(Instance instance, String address, ReadyListener listener) {
        FunctionRuntime calls = shop.callers().calling(address, blueprint.port());
        instance.calledBy(calls);
        long by = shop.threads().now() + blueprint.startTimeout().toNanos();
        shop.callers()
                .awaitReady(
                        address,
                        blueprint.port(),
                        by,
                        () -> !instance.isUnwanted() && !instance.end.isDone() && !runtime.isClosed(),
                        isReady -> {
                            if (isReady) {
                                listener.readyAt(shop.threads().now());
                                runtime.ready(instance.replica);
                            } else {
                                ends.notReady(instance);
                            }
                        });
    }

    private String create(String suffix) throws EngineException {
        boolean known = imageId != null;
        try {
            return shop.engine().create(plan(suffix));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.ABSENT || !known) {
                throw e;
            }
            // The image or the network was removed behind our back.
            imageId = null;
            return shop.engine().create(plan(suffix));
        }
    }

    private ContainerPlan plan(String suffix) throws EngineException {
        return blueprint
                .plan()
                .plan(
                        suffix,
                        Map.of(
                                Labels.OWNER,
                                shop.owner(),
                                Labels.FUNCTION,
                                blueprint.function().value(),
                                Labels.DEFINITION,
                                blueprint.definitionLabel(imageId())));
    }

    /** The image's id, after making sure that image and network are there. */
    String imageId() throws EngineException {
        String known = imageId;
        if (known == null) {
            known = shop.engine().requireImage(blueprint.image(), text -> LOG.info("image_fetch {}", text));
            shop.engine()
                    .requireNetwork(
                            blueprint.network(),
                            blueprint.internal(),
                            Map.of(
                                    Labels.OWNER,
                                    shop.owner(),
                                    Labels.FUNCTION,
                                    blueprint.function().value()));
            imageId = known;
        }
        return known;
    }

    /** Image and network may have changed while nobody looked. */
    void forget() {
        imageId = null;
    }

    /** Hears when an instance takes calls. */
    private interface ReadyListener {
        void readyAt(long nanos);
    }
}
