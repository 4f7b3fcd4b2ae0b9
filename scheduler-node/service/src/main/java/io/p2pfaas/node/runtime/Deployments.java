package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The functions of this node. They change while calls run: a call is started either under the old function or under the
 * new one, and never on a runtime that was closed meanwhile. Reading takes no lock.
 */
public final class Deployments implements AutoCloseable {
    private final Executor retirement;
    private volatile Map<FunctionName, Deployed> functions = Map.of();

    /**
     * @param retirement where runtimes of removed functions are undeployed, which may take seconds
     */
    public Deployments(Executor retirement) {
        this.retirement = retirement;
    }

    /** The names of functions that can be called, in the order of deployment. */
    public Set<FunctionName> names() {
        return names(true);
    }

    /** The names of functions that are here but cannot be called just now. */
    public Set<FunctionName> unusable() {
        return names(false);
    }

    private Set<FunctionName> names(boolean usable) {
        Set<FunctionName> names = new LinkedHashSet<>();
        functions.forEach((name, deployed) -> {
            if (deployed.isUsable() == usable) {
                names.add(name);
            }
        });
        return names;
    }

    /** All of them, in the order of deployment. */
    public Collection<Deployed> all() {
        return functions.values();
    }

    /** A function; null if this node does not have it. */
    public @Nullable Deployed find(FunctionName name) {
        return functions.get(name);
    }

    /** Whether the function is here and may be run twice. */
    public boolean isIdempotent(FunctionName name) {
        Deployed deployed = functions.get(name);
        return deployed != null && deployed.definition().isIdempotent();
    }

    /**
     * From now on calls are run by this runtime; one that was there before ends when its executions have ended.
     *
     * @param formerIsGone run after the former one was undeployed; not if there was none
     */
    public synchronized void put(
            FunctionDefinition definition, FunctionRuntime runtime, Instant now, Runnable formerIsGone) {
        FunctionName name = definition.name();
        Deployed before = functions.get(name);
        Map<FunctionName, Deployed> changed = new LinkedHashMap<>(functions);
        changed.put(
                name,
                before == null ? new Deployed(definition, runtime, now) : before.successor(definition, runtime, now));
        functions = changed;
        if (before != null) {
            before.retire(retirement, formerIsGone);
        }
    }

    /**
     * From now on it is not here; what runs may end. False if it was not.
     *
     * @param isGone run after it was undeployed
     */
    public synchronized boolean remove(FunctionName name, Runnable isGone) {
        Map<FunctionName, Deployed> changed = new LinkedHashMap<>(functions);
        Deployed removed = changed.remove(name);
        functions = changed;
        if (removed != null) {
            removed.retire(retirement, isGone);
        }
        return removed != null;
    }

    @Override
    public void close() {
        functions.values().forEach(deployed -> deployed.runtime().close());
    }
}
