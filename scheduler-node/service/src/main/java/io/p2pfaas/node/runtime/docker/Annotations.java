package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.DurationText;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Suggestion;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a definition's annotations and scale labels say. What cannot be understood is refused, never passed over. */
final class Annotations {
    private static final String PREFIX = FunctionDefinition.ANNOTATION_PREFIX;
    private static final String SCALE = "com.openfaas.scale.";
    private static final List<String> KNOWN = List.of(
            "capabilities",
            "concurrency",
            "idempotent",
            "network",
            "new-privileges",
            "pause-after",
            "pids",
            "port",
            "start-timeout",
            "stop-after",
            "tmpfs",
            "user");
    /**
     * Those that engines give every container, and some that reach no further. The others would give it the host, which no
     * function gets.
     */
    private static final List<String> CAPABILITIES = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "IPC_LOCK",
            "KILL",
            "MKNOD",
            "NET_ADMIN",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "SYS_NICE",
            "SYS_PTRACE");

    private static final Pattern USER =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,31})?");
    private static final int MOST_REPLICAS = 1_000_000;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    private final Map<String, String> annotations;
    private final Map<String, String> labels;

    /**
     * Reads a definition.
     *
     * @throws IllegalArgumentException if it has an annotation for this node that this node does not know
     */
    Annotations(FunctionDefinition definition) {
        annotations = definition.annotations();
        labels = definition.labels();
        for (String key : annotations.keySet()) {
            if (key.startsWith(PREFIX) && !KNOWN.contains(key.substring(PREFIX.length()))) {
                throw unknown(key);
            }
        }
        truth("idempotent");
    }

    private static IllegalArgumentException unknown(String key) {
        String meant = Suggestion.closest(key.substring(PREFIX.length()), KNOWN)
                .map(known -> "; did you mean " + PREFIX + known + "?")
                .orElse("");
        return new IllegalArgumentException("annotations: " + JsonText.quoted(key) + " is unknown" + meant
                + "; allowed are " + PREFIX + "... with " + String.join(", ", KNOWN));
    }

    String word(String name, String otherwise, List<String> allowed) {
        String value = annotations.getOrDefault(PREFIX + name, otherwise);
        if (!allowed.contains(value)) {
            throw wrong(PREFIX + name, value, String.join(" or ", allowed));
        }
        return value;
    }

    boolean truth(String name) {
        return word(name, "false", List.of("true", "false")).equals("true");
    }

    long number(String name, long otherwise, int least, int most) {
        String value = annotations.get(PREFIX + name);
        return value == null ? otherwise : number(PREFIX + name, value, least, most);
    }

    private static int number(String key, String value, int least, int most) {
        if (WHOLE_NUMBER.matcher(value).matches()) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(key, value, "a whole number from " + least + " to " + most);
    }

    long space(String name, long otherwise) {
        String value = annotations.get(PREFIX + name);
        return value == null ? otherwise : Quantity.space(PREFIX + name, value);
    }

    Duration duration(String name, Duration otherwise, Duration least) {
        String value = annotations.get(PREFIX + name);
        if (value == null) {
            return otherwise;
        }
        try {
            Duration duration = DurationText.parse(value);
            if (duration.compareTo(least) >= 0) {
                return duration;
            }
        } catch (IllegalArgumentException ignored) {
            // What is allowed is said below, with the key.
        }
        String from = least.isZero() ? ", or 0s for never" : " above 0s";
        throw wrong(PREFIX + name, value, "a duration such as 500ms, 30s or 5m" + from);
    }

    Optional<String> user() {
        Optional<String> user = Optional.ofNullable(annotations.get(PREFIX + "user"));
        user.filter(name -> !USER.matcher(name).matches()).ifPresent(name -> {
            throw wrong(PREFIX + "user", name, "a user or user:group, by name or number, for example 1000:1000");
        });
        return user;
    }

    List<String> capabilities() {
        String value = annotations.getOrDefault(PREFIX + "capabilities", "");
        return Stream.of(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.toUpperCase(Locale.ROOT))
                .map(name -> name.startsWith("CAP_") ? name.substring(4) : name)
                .peek(name -> {
                    if (!CAPABILITIES.contains(name)) {
                        throw wrong(PREFIX + "capabilities", value, "a list of " + String.join(", ", CAPABILITIES));
                    }
                })
                .distinct()
                .sorted()
                .toList();
    }

    /** At most so many replicas. More than the node allows is no mistake of the function: it gets what the node has. */
    int mostReplicas(int otherwise) {
        return Math.min(scale("max", 1, otherwise), otherwise);
    }

    /** At least so many replicas. */
    int leastReplicas() {
        int least = scale("min", 0, 1);
        int most = scale("max", 1, MOST_REPLICAS);
        if (labels.containsKey(SCALE + "min") && least > most) {
            throw wrong(
                    "label " + SCALE + "min", Integer.toString(least), "at most " + SCALE + "max, which is " + most);
        }
        return least;
    }

    private int scale(String what, int least, int otherwise) {
        String value = labels.get(SCALE + what);
        return value == null ? otherwise : number("label " + SCALE + what, value, least, MOST_REPLICAS);
    }

    boolean toZero() {
        String value = labels.getOrDefault(SCALE + "zero", "false").toLowerCase(Locale.ROOT);
        if (!List.of("true", "false", "1", "0").contains(value)) {
            throw wrong("label " + SCALE + "zero", value, "true or false");
        }
        return value.equals("true") || value.equals("1");
    }

    private static IllegalArgumentException wrong(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " is " + JsonText.quoted(value) + "; allowed is " + allowed);
    }
}
