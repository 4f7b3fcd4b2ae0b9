package io.p2pfaas.node.function;

import io.p2pfaas.core.model.FunctionName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function as its operator described it. Two definitions with the same {@link #given} text are the same function.
 *
 * @param image what runs it, with its scheme: {@code docker:IMAGE}, {@code builtin:echo}, {@code http://host:port} or
 *     {@code exec:/path}
 * @param environment variables for the function, in the order given; a Go-style {@code envProcess} is the variable
 *     {@code fprocess}
 * @param secrets names of secrets that it may read
 * @param labels as given; those of {@code com.openfaas.scale} have an effect
 * @param annotations as given; those of {@code io.p2pfaas} have an effect
 * @param limits what it may use; empty = the node's defaults
 * @param readOnlyRoot whether its file system may be written to; empty = the node's default
 * @param given the JSON object that described it, as it is reported back and kept; never has credentials
 */
public record FunctionDefinition(
        FunctionName name,
        String image,
        Map<String, String> environment,
        List<String> secrets,
        Map<String, String> labels,
        Map<String, String> annotations,
        Resources limits,
        Optional<Boolean> readOnlyRoot,
        String given) {
    /** What {@link #image} begins with for containers. */
    public static final String DOCKER = "docker:";
    /** What {@link #image} begins with for functions that are part of the node. */
    public static final String BUILTIN = "builtin:";
    /** What {@link #image} begins with for programs started per call. */
    public static final String EXEC = "exec:";
    /** Beginning of the annotations that this node obeys. */
    public static final String ANNOTATION_PREFIX = "io.p2pfaas.";

    private static final String IDEMPOTENT = ANNOTATION_PREFIX + "idempotent";

    public FunctionDefinition {
        environment = ordered(environment);
        secrets = List.copyOf(secrets);
        labels = ordered(labels);
        annotations = ordered(annotations);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A function that only has a name and what runs it, as configured at the start. */
    public static FunctionDefinition configured(FunctionName name, String spec, boolean idempotent) {
        return FunctionJson.configured(name, spec, idempotent ? Map.of(IDEMPOTENT, "true") : Map.of());
    }

    /** Whether a call may be run twice. What the node itself computes has no effect outside of it. */
    public boolean isIdempotent() {
        return image.startsWith(BUILTIN)
                || annotations.getOrDefault(IDEMPOTENT, "").equals("true");
    }

    /** Whether it runs in containers. */
    public boolean isContainer() {
        return image.startsWith(DOCKER);
    }
}
