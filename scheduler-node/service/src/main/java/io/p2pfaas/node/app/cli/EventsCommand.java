package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code events}: what has changed on the nodes lately. */
final class EventsCommand {
    private static final String FOLLOW = "--follow";
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The same event is told with ages that are rounded and on their way for different times. */
    private static final long SAME_MILLIS = 1500;

    private static final int REMEMBERED = 500;
    private static final List<String> COLUMNS = List.of("time", "node", "kind", "text");

    private EventsCommand() {}

    /**
     * An event.
     *
     * @param atMillis on the clock of the node that was asked
     */
    record Event(long atMillis, String node, String kind, String text) {
        private boolean isSame(Event other) {
            return node.equals(other.node)
                    && kind.equals(other.kind)
                    && text.equals(other.text)
                    && Math.abs(atMillis - other.atMillis) <= SAME_MILLIS;
        }

        private Object[] cells() {
            return new Object[] {
                Instant.ofEpochMilli(atMillis).truncatedTo(ChronoUnit.MILLIS).toString(), node, kind, text
            };
        }
    }

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                EventsCommand::run,
                "Shows what changed on the nodes lately, the oldest first: links, policies, functions, who came and went."
                        + " Of other nodes it is only heard while somebody looks, so the first answer may miss theirs.");
        Target.addTo(spec);
        Form.addTo(spec);
        spec.addOption(Options.flag("Go on until Ctrl-C.", "-f", FOLLOW));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            Form form = Form.of(parsed);
            if (!parsed.hasMatchedOption(FOLLOW)) {
                Table table = new Table(COLUMNS.toArray(String[]::new));
                read(node.board()).forEach(event -> table.row(event.cells()));
                table.print(form, System.out);
                return Asking.OK;
            }
            if (form == Form.CSV) {
                new Table(COLUMNS.toArray(String[]::new)).print(form, System.out);
            }
            return follow(
                    node,
                    form,
                    why -> System.err.println(
                            Table.harmlessLines(Target.url(parsed) + ": " + why + "; waiting until it answers again")));
        });
    }

    /** A node that restarts is waited for; one that was never there is not. */
    private static int follow(NodeApi node, Form form, Consumer<String> away) throws IOException {
        List<Event> told = new ArrayList<>();
        JsonNode board = node.board();
        boolean answers = true;
        while (true) {
            for (Event event : fresh(read(board), told)) {
                System.out.print(line(event, form));
            }
            if (System.out.checkError()) {
                return Asking.OK;
            }
            Asking.pause(POLL_NANOS);
            try {
                board = node.board();
                answers = true;
            } catch (IOException failed) {
                if (answers) {
                    away.accept(Target.words(failed));
                }
                answers = false;
                board = MissingNode.getInstance();
            }
        }
    }

    /** Those that were not told yet; from now on they are. */
    static List<Event> fresh(List<Event> now, List<Event> told) {
        List<Event> fresh = new ArrayList<>();
        for (Event event : now) {
            if (told.stream().noneMatch(event::isSame)) {
                told.add(event);
                fresh.add(event);
            }
        }
        if (told.size() > REMEMBERED) {
            told.subList(0, told.size() - REMEMBERED).clear();
        }
        return fresh;
    }

    /** The oldest first. */
    static List<Event> read(JsonNode board) {
        long now = board.path("now").asLong();
        List<Event> events = new ArrayList<>();
        board.path("events")
                .forEach(event -> events.add(
                        0,
                        new Event(
                                now - event.path("agoMillis").asLong(),
                                event.path("node").asText(),
                                event.path("kind").asText(),
                                event.path("text").asText())));
        return events;
    }

    private static String line(Event event, Form form) {
        Object[] cells = event.cells();
        return switch (form) {
            case TABLE -> Table.harmless(cells[0] + "  " + cells[1] + "  " + cells[2] + "  " + cells[3]) + "\n";
            case JSON -> Table.harmlessJson(Table.json(COLUMNS, List.of(cells)).toString()) + "\n";
            case CSV -> Table.csv(List.of(cells));
        };
    }
}
