package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.FunctionName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of this node: what each is, and what runs it. */
public final class Deployments implements AutoCloseable {
    /**
     * One function.
     *
     * @param spec as configured
     * @param idempotent whether running a call twice does no harm, so that it may be taken elsewhere after a crash
     */
    public record Deployed(String spec, boolean idempotent, FunctionRuntime runtime) {}

    private final Map<FunctionName, Deployed> functions;

    public Deployments(Map<FunctionName, Deployed> functions) {
        this.functions = new LinkedHashMap<>(functions);
    }

    /** The names, in the order of deployment. */
    public Set<FunctionName> names() {
        return functions.keySet();
    }

    /** Everything about a function; null if this node does not have it. */
    public @Nullable Deployed find(FunctionName name) {
        return functions.get(name);
    }

    /** Whether the function is here and may be run twice. */
    public boolean isIdempotent(FunctionName name) {
        Deployed deployed = functions.get(name);
        return deployed != null && deployed.idempotent();
    }

    @Override
    public void close() {
        functions.values().forEach(deployed -> deployed.runtime().close());
    }
}
