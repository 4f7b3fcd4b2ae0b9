package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The board as {@code top} draws it.
 *
 * @param reversed the least first
 */
record TopView(JsonNode board, TopColumn sort, boolean reversed) {
    private static final int MAX_EVENTS = 4;
    private static final int MAX_FUNCTIONS = 8;
    /** Names, one row, and how many there are more. */
    private static final int LEAST_ROWS = 3;

    /** Rows of nodes, for people. */
    Table nodes() {
        Table table = new Table(
                Arrays.stream(TopColumn.values()).map(TopColumn::title).toArray(String[]::new));
        for (JsonNode node : sorted()) {
            table.row(Arrays.stream(TopColumn.values())
                    .map(column -> column.cell(node, board))
                    .toArray());
        }
        return table;
    }

    /** The same for programs: a number in each cell that has one. */
    Table numbers() {
        Table table = new Table(Arrays.stream(TopColumn.values())
                .flatMap(column -> column.titles().stream())
                .toArray(String[]::new));
        for (JsonNode node : sorted()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (TopColumn column : TopColumn.values()) {
                row.addAll(column.numbers(node, board));
            }
            table.row(row.toArray());
        }
        return table;
    }

    private List<JsonNode> sorted() {
        List<JsonNode> nodes = new ArrayList<>();
        board.path("nodes").forEach(nodes::add);
        nodes.sort(sort.order(board, reversed));
        return nodes;
    }

    /** The page, or as much of it as there is room for: nodes before functions before events. */
    List<String> page(Space space) {
        List<String> page = new ArrayList<>(List.of(headline(), figures(), ""));
        page.addAll(some(nodes().lines(space.columns()), space.below(page.size()), LEAST_ROWS));
        List<String> functions = new ArrayList<>(List.of(""));
        functions.addAll(functions().lines(space.columns()));
        page.addAll(some(functions, space.below(page.size()), LEAST_ROWS + 1));
        page.addAll(events(space.below(page.size())));
        return page;
    }

    private static List<String> some(List<String> lines, Space space, int least) {
        if (lines.size() <= space.rows()) {
            return lines;
        }
        if (space.rows() < least) {
            return List.of();
        }
        List<String> some = new ArrayList<>(lines.subList(0, space.rows() - 1));
        some.add("... and " + (lines.size() - some.size()) + " more");
        return some;
    }

    private List<String> events(Space space) {
        List<EventsCommand.Event> events = EventsCommand.read(board);
        int shown = Math.min(events.size(), Math.min(MAX_EVENTS, space.rows() - 1));
        if (shown < 1) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(""));
        events.subList(events.size() - shown, events.size())
                .forEach(event ->
                        lines.add(Table.harmless(Instant.ofEpochMilli(event.atMillis())
                                        .truncatedTo(ChronoUnit.SECONDS) + "  " + event.node() + "  " + event.text())));
        return lines;
    }

    private String headline() {
        TreeMap<String, Integer> states = new TreeMap<>();
        board.path("nodes").forEach(node -> states.merge(node.path("state").asText(), 1, Integer::sum));
        StringBuilder counts = new StringBuilder();
        states.forEach((state, count) -> counts.append(counts.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(state));
        JsonNode link = board.path("link");
        return Table.harmless("p2pfaas " + board.path("root").asText() + " at "
                + board.path("node").asText() + "   nodes: "
                + counts + "   broker " + link.path("broker").asText()
                + (link.path("up").asBoolean() ? " up" : " DOWN")
                + "   " + Instant.ofEpochMilli(board.path("now").asLong()).truncatedTo(ChronoUnit.SECONDS));
    }

    private String figures() {
        double received = 0;
        double done = 0;
        double notDone = 0;
        double p99 = 0;
        int reporting = 0;
        for (JsonNode node : board.path("nodes")) {
            JsonNode report = node.path("report");
            if (!report.isMissingNode()) {
                reporting++;
                received += report.path("rates").path("received").asDouble();
                done += report.path("rates").path("done").asDouble();
                notDone += report.path("rates").path("notDone").asDouble();
                p99 = Math.max(p99, report.path("latencyMillis").path("p99").asDouble());
            }
        }
        return String.format(
                Locale.ROOT,
                "calls %.1f/s   done %.1f/s   not done %.1f/s   worst p99 %s   (%d of %d nodes report)",
                received,
                done,
                notDone,
                p99 > 0 ? String.format(Locale.ROOT, "%.1f ms", p99) : "-",
                reporting,
                board.path("nodes").size());
    }

    private Table functions() {
        record Sum(String name, long nodes, long usable, double rate, long errors, double p99) {
            Sum plus(JsonNode function) {
                return new Sum(
                        name,
                        nodes + 1,
                        usable + (function.path("usable").asBoolean() ? 1 : 0),
                        rate + function.path("rate").asDouble(),
                        errors + function.path("errors").asLong(),
                        Math.max(p99, function.path("p99Millis").asDouble()));
            }
        }
        TreeMap<String, Sum> sums = new TreeMap<>();
        for (JsonNode node : board.path("nodes")) {
            for (JsonNode function : node.path("report").path("functions")) {
                String name = function.path("name").asText();
                sums.put(
                        name,
                        sums.getOrDefault(name, new Sum(name, 0, 0, 0, 0, 0)).plus(function));
            }
        }
        Table table = new Table("function", "usable", "runs_s", "errors", "worst_p99_ms");
        sums.values().stream()
                .sorted(Comparator.comparingDouble(sum -> -sum.rate()))
                .limit(MAX_FUNCTIONS)
                .forEach(sum ->
                        table.row(sum.name(), sum.usable() + "/" + sum.nodes(), sum.rate(), sum.errors(), sum.p99()));
        return table;
    }

    /** By what the nodes are sorted, for people. */
    String order() {
        return sort.title() + (reversed ? " reversed" : "");
    }

    /** The same with what a key asks for; null = to end. */
    @Nullable
    TopView onKey(int key) {
        if (key == 'q') {
            return null;
        }
        if (key == 'R') {
            return new TopView(board, sort, !reversed);
        }
        return TopColumn.ofKey(key)
                .map(column -> new TopView(board, column, false))
                .orElse(this);
    }

    TopView withBoard(JsonNode other) {
        return new TopView(other, sort, reversed);
    }
}
