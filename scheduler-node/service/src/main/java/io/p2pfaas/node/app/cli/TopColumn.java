package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code top} shows of a node, and by which key it is sorted by it. */
enum TopColumn {
    NODE('n', "node"),
    STATE('s', "state"),
    RUNNING('r', "running"),
    QUEUED('w', "waiting"),
    AGE('a', "age_ms"),
    RATE('c', "calls_s"),
    NOT_DONE('l', "lost_s"),
    P50('m', "p50_ms"),
    P99('p', "p99_ms"),
    OUT('o', "out_min"),
    IN('i', "in_min"),
    REFUSED('j', "rejected"),
    VERSION('v', "version");

    private final char key;
    private final String title;

    TopColumn(char key, String title) {
        this.key = key;
        this.title = title;
    }

    String title() {
        return title;
    }

    static Optional<TopColumn> ofKey(int key) {
        return Arrays.stream(values()).filter(column -> column.key == key).findFirst();
    }

    /** The column of a key or a title, as {@code --sort} names it. */
    static TopColumn named(String text) {
        return Arrays.stream(values())
                .filter(column ->
                        column.title.equalsIgnoreCase(text) || (text.length() == 1 && column.key == text.charAt(0)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--sort is '" + text + "', allowed is one of " + keys()));
    }

    static List<String> names() {
        return Arrays.stream(values()).map(TopColumn::title).toList();
    }

    /** All keys, for people. */
    static String keys() {
        return Arrays.stream(values())
                .map(column -> column.key + " " + column.title)
                .collect(Collectors.joining(", "));
    }

    /** What is shown; null = unknown. */
    @Nullable
    Object cell(JsonNode node, JsonNode board) {
        JsonNode sample = node.path("sample");
        return switch (this) {
            case NODE -> node.path("id").asText() + (node.path("self").asBoolean() ? " *" : "");
            case STATE -> node.path("state").asText();
            case RUNNING -> ratio(sample, "running", "slots");
            case QUEUED -> ratio(sample, "queued", "queueMax");
            case VERSION -> node.path("version").asText();
            case AGE, OUT, IN, REFUSED -> {
                Double number = number(node, board);
                yield number == null ? null : Long.valueOf(number.longValue());
            }
            case RATE, NOT_DONE, P50, P99 -> number(node, board);
        };
    }

    /** What programs are told the column's numbers are. */
    List<String> titles() {
        return switch (this) {
            case RUNNING -> List.of(title, "slots");
            case QUEUED -> List.of(title, "queue_max");
            default -> List.of(title);
        };
    }

    /** What programs are told, one for each of {@link #titles}; null = unknown. */
    List<@Nullable Object> numbers(JsonNode node, JsonNode board) {
        JsonNode sample = node.path("sample");
        return switch (this) {
            case NODE -> Collections.singletonList(node.path("id").asText());
            case RUNNING -> Arrays.asList(whole(sample.path("running")), whole(sample.path("slots")));
            case QUEUED -> Arrays.asList(whole(sample.path("queued")), whole(sample.path("queueMax")));
            default -> Collections.singletonList(cell(node, board));
        };
    }

    private static @Nullable Long whole(JsonNode number) {
        return number.isNumber() ? number.asLong() : null;
    }

    private static @Nullable String ratio(JsonNode sample, String part, String whole) {
        return sample.isMissingNode()
                ? null
                : sample.path(part).asLong() + "/" + sample.path(whole).asLong();
    }

    private @Nullable Double number(JsonNode node, JsonNode board) {
        JsonNode report = node.path("report");
        return switch (this) {
            case NODE, STATE, VERSION -> null;
            case RUNNING -> of(node.path("sample").path("running"));
            case QUEUED -> of(node.path("sample").path("queued"));
            case AGE -> of(node.path("sample").path("ageMillis"));
            case RATE -> of(report.path("rates").path("received"));
            case NOT_DONE -> of(report.path("rates").path("notDone"));
            case P50 -> of(report.path("latencyMillis").path("p50"));
            case P99 -> of(report.path("latencyMillis").path("p99"));
            case OUT -> report.isMissingNode() ? null : lastMinute(report.path("forwards"));
            case REFUSED -> of(report.path("calls").path("rejected"));
            case IN -> in(node.path("id").asText(), board);
        };
    }

    private static Double lastMinute(JsonNode list) {
        double sum = 0;
        for (JsonNode one : list) {
            sum += one.path("lastMinute").asDouble();
        }
        return sum;
    }

    /** As those who forward say: who gets calls does not know who else does. */
    private static Double in(String id, JsonNode board) {
        double sum = 0;
        for (JsonNode other : board.path("nodes")) {
            for (JsonNode forward : other.path("report").path("forwards")) {
                if (forward.path("peer").asText().equals(id)) {
                    sum += forward.path("lastMinute").asDouble();
                }
            }
        }
        return sum;
    }

    private static @Nullable Double of(JsonNode number) {
        return number.isNumber() ? number.asDouble() : null;
    }

    /**
     * The most first; texts by the alphabet. Nodes that are alike stay in the order of their names.
     *
     * @param reversed the least first; what is unknown is last all the same
     */
    Comparator<JsonNode> order(JsonNode board, boolean reversed) {
        return switch (this) {
            case NODE, STATE, VERSION -> {
                Comparator<JsonNode> order = Comparator.comparing(node -> String.valueOf(cell(node, board)));
                yield reversed ? order.reversed() : order;
            }
            case RUNNING, QUEUED, AGE, RATE, NOT_DONE, P50, P99, OUT, IN, REFUSED ->
                Comparator.comparingDouble(node -> {
                    Double number = number(node, board);
                    if (number == null) {
                        return Double.POSITIVE_INFINITY;
                    }
                    return reversed ? number : -number;
                });
        };
    }
}
