package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.Engine.Found;
import io.p2pfaas.node.runtime.docker.Engine.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the instances that a function thinks it has with the containers that there are: after a restart of the node,
 * when it knows of none, and after the engine was away. Waits for the engine.
 */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final ContainerRuntime runtime;
    private final ContainerShop shop;

    Adoption(ContainerRuntime runtime, ContainerShop shop) {
        this.runtime = runtime;
        this.shop = shop;
    }

    /** Takes from {@code containers} what belongs to the function and can be used; the others are left in it. */
    void reconcile(Map<String, Found> containers) {
        Map<String, Found> mine = new LinkedHashMap<>();
        String name = runtime.blueprint().function().value();
        containers.forEach((id, found) -> {
            if (name.equals(found.labels().get(Labels.FUNCTION))) {
                mine.put(id, found);
            }
        });
        List<Instance> known = runtime.instances();
        for (Instance instance : known) {
            String id = instance.id();
            Found found = id == null ? null : mine.remove(id);
            if (id != null) {
                containers.remove(id);
                check(instance, Optional.ofNullable(found));
            }
        }
        if (!runtime.isUndeployed()) {
            adopt(mine.values()).forEach(containers::remove);
        }
    }

    private void check(Instance instance, Optional<Found> found) {
        State state = found.map(Found::state).orElse(State.GONE);
        boolean alive = state == State.RUNNING || state == State.PAUSED || state == State.CREATED;
        if (!alive) {
            runtime.lost(instance.replica, Failure.broken("The function's container ended with the container engine."));
        } else if (instance.wasReady() && state == State.RUNNING != runtime.isThoughtRunning(instance.replica)) {
            // It was being paused or woken when the engine went; nobody will say what became of it.
            runtime.lost(instance.replica, Failure.broken("The function's container was lost track of."));
        }
    }

    /** The ids of those that are taken over. */
    private List<String> adopt(Iterable<Found> candidates) {
        List<String> adopted = new ArrayList<>();
        for (Found found : candidates) {
            if (isUsable(found) && isCurrent(found) && runtime.adopt(found)) {
                adopted.add(found.id());
                shop.counters().adoptions.increment();
                LOG.info(
                        "container_adopted function={} instance={}",
                        runtime.blueprint().function().value(),
                        found.name());
            }
        }
        return adopted;
    }

    private static boolean isUsable(Found found) {
        return (found.state() == State.RUNNING || found.state() == State.PAUSED)
                && !found.address().isEmpty();
    }

    /** Whether it would be made the same way today. */
    private boolean isCurrent(Found found) {
        String imageId;
        try {
            imageId = runtime.maker().imageId();
        } catch (EngineException e) {
            // The image is gone, but what was made from it still works.
            LOG.debug("image_unknown", e);
            imageId = found.imageId();
        }
        return runtime.blueprint()
                .definitionLabel(imageId)
                .equals(found.labels().get(Labels.DEFINITION));
    }
}
