package io.p2pfaas.node.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes functions in the JSON of the OpenFaaS gateway. Fields that are known are checked; others are kept and
 * reported back, since newer clients may send more than we know.
 */
public final class FunctionJson {
    /** The one namespace. */
    public static final String NAMESPACE = "openfaas-fn";
    /** A definition that is longer is none. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int SHOWN_LENGTH = 100;
    private static final int LONGEST_VARIABLE = 32_000;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");
    private static final List<String> CREDENTIALS = List.of("registryAuth");
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers in fields that we do not know are reported back with the digits that they were given with.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private FunctionJson() {}

    /** Whether a secret may be called so: it becomes the name of a file. */
    public static boolean isSecretName(String name) {
        return SECRET.matcher(name).matches();
    }

    /**
     * Reads what was posted to deploy a function.
     *
     * @throws IllegalArgumentException naming the field, what was found and what is allowed
     */
    public static FunctionDefinition read(ByteBuffer json) {
        ObjectNode given = object(json);
        given.remove(CREDENTIALS);
        String image = text(given, "image", "");
        if (image.isBlank() || image.length() > 512 || image.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw wrong(
                    "image", given.get("image"), "the name of an image, for example ghcr.io/openfaas/nodeinfo:latest");
        }
        String namespace = text(given, "namespace", NAMESPACE);
        if (!namespace.isEmpty() && !namespace.equals(NAMESPACE)) {
            throw wrong("namespace", given.get("namespace"), NAMESPACE);
        }
        Map<String, String> environment = texts(given, "envVars");
        environment.forEach(FunctionJson::requireVariable);
        String process = text(given, "envProcess", "");
        if (!process.isEmpty()) {
            environment.put("fprocess", process);
        }
        return new FunctionDefinition(
                name(given, "service"),
                hasScheme(image) ? image : FunctionDefinition.DOCKER + image,
                environment,
                secrets(given),
                texts(given, "labels"),
                texts(given, "annotations"),
                resources(given),
                truth(given, "readOnlyRootFilesystem"),
                given.toString());
    }

    /** A name may be given with its namespace: {@code name.openfaas-fn} is the function {@code name}. */
    public static String withoutNamespace(String name) {
        String suffix = "." + NAMESPACE;
        return name.endsWith(suffix) && name.length() > suffix.length()
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }

    /**
     * Reads one object with strict rules: nothing behind it, no name twice.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectNode object(ByteBuffer json) {
        byte[] bytes = new byte[json.remaining()];
        json.duplicate().get(bytes);
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JsonProcessingException broken) {
            String what = broken.getOriginalMessage();
            String why = what != null && what.startsWith("Duplicate field") ? ": " + what : "";
            throw new IllegalArgumentException("the body is not sound JSON" + why, broken);
        } catch (IOException impossible) {
            throw new IllegalArgumentException("the body cannot be read", impossible);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the body is no JSON object");
    }

    /** A function's name in a field; {@code .openfaas-fn} at its end is not part of it. */
    public static FunctionName name(ObjectNode given, String field) {
        String name = withoutNamespace(text(given, field, ""));
        if (!FunctionName.isValid(name)) {
            throw wrong(field, given.get(field), "1 to 64 characters of A-Z a-z 0-9 . _ -, a letter or digit first");
        }
        return new FunctionName(name);
    }

    /** A text field; {@code otherwise} if it is absent or null. */
    public static String text(ObjectNode given, String field, String otherwise) {
        JsonNode value = given.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw wrong(field, value, "a string");
        }
        return value.textValue();
    }

    /** What a state looks like in answers: all that was given, and how it is. */
    public static String write(FunctionState state) {
        ObjectNode node = tree(state.definition());
        node.put("name", state.definition().name().value());
        node.put("namespace", NAMESPACE);
        node.put("invocationCount", state.invocations());
        node.put("replicas", state.replicas());
        node.put("availableReplicas", state.available());
        node.put("createdAt", state.createdAt().toString());
        return node.toString();
    }

    static FunctionDefinition configured(FunctionName name, String spec, Map<String, String> annotations) {
        ObjectNode given = JSON.createObjectNode();
        given.put("service", name.value());
        given.put("image", spec.startsWith(FunctionDefinition.DOCKER) ? spec.substring(7) : spec);
        if (!annotations.isEmpty()) {
            ObjectNode node = given.putObject("annotations");
            annotations.forEach(node::put);
        }
        return new FunctionDefinition(
                name,
                spec,
                Map.of(),
                List.of(),
                Map.of(),
                annotations,
                Resources.UNSAID,
                Optional.empty(),
                given.toString());
    }

    /** The object that described a function; numbers keep their digits. */
    public static ObjectNode tree(FunctionDefinition definition) {
        try {
            return (ObjectNode) JSON.readTree(definition.given());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "a definition was kept that is not JSON: " + definition.given(), impossible);
        }
    }

    private static boolean hasScheme(String image) {
        // There is an image called docker: what follows its colon is a tag, which has neither / nor another colon.
        boolean isDocker = image.startsWith(FunctionDefinition.DOCKER)
                && image.substring(FunctionDefinition.DOCKER.length()).matches(".*[/:].*");
        return isDocker
                || image.startsWith(FunctionDefinition.BUILTIN)
                || image.startsWith(FunctionDefinition.EXEC)
                || image.startsWith("http://")
                || image.startsWith("https://");
    }

    private static List<String> secrets(ObjectNode given) {
        JsonNode list = given.get("secrets");
        if (list == null || list.isNull()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        if (!list.isArray()) {
            throw wrong("secrets", list, "a list of names");
        }
        for (JsonNode item : list) {
            if (!item.isTextual() || !isSecretName(item.textValue())) {
                throw wrong("secrets", item, "names of 1 to 64 characters of A-Z a-z 0-9 . _ -");
            }
            names.add(item.textValue());
        }
        return names;
    }

    private static Map<String, String> texts(ObjectNode given, String field) {
        JsonNode map = given.get(field);
        Map<String, String> texts = new LinkedHashMap<>();
        if (map == null || map.isNull()) {
            return texts;
        }
        if (!map.isObject()) {
            throw wrong(field, map, "an object whose values are strings");
        }
        map.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                // Go's clients mean nothing by it but a text that is empty.
                texts.put(entry.getKey(), "");
                return;
            }
            if (!entry.getValue().isTextual()) {
                throw wrong(field + "." + entry.getKey(), entry.getValue(), "a string");
            }
            if (entry.getValue().textValue().indexOf('\0') >= 0) {
                throw wrong(field + "." + entry.getKey(), entry.getValue(), "a string without NUL");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return texts;
    }

    private static void requireVariable(String name, String value) {
        if (value.length() > LONGEST_VARIABLE) {
            // The system starts no program with a longer one.
            throw new IllegalArgumentException("envVars." + name + " has " + value.length()
                    + " characters; allowed are up to " + LONGEST_VARIABLE);
        }
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("envVars: " + JsonText.quoted(shortened(name))
                    + " is no name of a variable; allowed are letters, digits, _ . and -, no digit first");
        }
    }

    private static Optional<Boolean> truth(ObjectNode given, String field) {
        JsonNode value = given.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    private static Resources resources(ObjectNode given) {
        JsonNode limits = given.get("limits");
        // Requests are a promise of the cluster to the function; one machine has nothing to promise but the limits.
        readResources(given.get("requests"), "requests");
        return readResources(limits, "limits");
    }

    private static Resources readResources(@Nullable JsonNode node, String field) {
        if (node == null || node.isNull()) {
            return Resources.UNSAID;
        }
        if (!(node instanceof ObjectNode object)) {
            throw wrong(field, node, "an object with memory and cpu");
        }
        String memory = text(object, "memory", "");
        String cpu = text(object, "cpu", "");
        return new Resources(
                memory.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Quantity.memory(field + ".memory", memory)),
                cpu.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Quantity.cpu(field + ".cpu", cpu)));
    }

    /** What to say of a field that has a wrong value. */
    public static IllegalArgumentException wrong(String field, @Nullable JsonNode value, String allowed) {
        String found = value == null || value.isMissingNode() ? "is missing" : "is " + shortened(value.toString());
        return new IllegalArgumentException(field + " " + found + "; allowed is " + allowed);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
    }
}
