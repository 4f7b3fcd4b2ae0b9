package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code top}: the cluster as a node sees it, again and again. */
final class TopCommand {
    private static final String ONCE = "--once";
    private static final String INTERVAL = "--interval";
    private static final String SORT = "--sort";
    private static final double LEAST_SECONDS = 0.5;
    private static final double MOST_SECONDS = 3600;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Other nodes begin to report when somebody looks, and do so once a second. */
    static final long FIRST_REPORTS_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    private TopCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                TopCommand::run,
                "Shows the cluster live: nodes, functions, last events. In a terminal it fills the screen; elsewhere, or"
                        + " with TERM=dumb, it prints one block after the other.",
                "Keys: q ends, R reverses, and these sort: " + TopColumn.keys()
                        + ". Where stty is not there, a key counts after Enter.");
        Target.addTo(spec);
        Form.addTo(spec);
        spec.addOption(Options.flag(
                "Print once and end; other nodes have 2.5 s to report. The default if -o is json or csv.", ONCE));
        spec.addOption(Options.text("SECONDS", "Pause between two looks, from 0.5. Default: 1", INTERVAL));
        spec.addOption(OptionSpec.builder(SORT)
                .paramLabel("COLUMN")
                .type(String.class)
                .completionCandidates(TopColumn.names())
                .description("Column or key to sort by. Default: node")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            Form form = Form.of(parsed);
            TopColumn sort = TopColumn.named(parsed.matchedOptionValue(SORT, TopColumn.NODE.title()));
            double seconds = seconds(parsed.matchedOptionValue(INTERVAL, "1"));
            if (parsed.hasMatchedOption(ONCE) || form != Form.TABLE) {
                JsonNode ignored = node.board();
                Asking.pause(FIRST_REPORTS_NANOS);
                TopView view = new TopView(node.board(), sort, false);
                if (form == Form.TABLE) {
                    view.page(Space.UNBOUNDED).forEach(System.out::println);
                } else {
                    view.numbers().print(form, System.out);
                }
                return Asking.OK;
            }
            return live(node, new TopView(node.board(), sort, false), (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
        });
    }

    private static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException ignored) {
            // Told below, as any other wrong value.
        }
        throw new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s is '%s', allowed are seconds from %.1f to %.0f",
                INTERVAL,
                text,
                LEAST_SECONDS,
                MOST_SECONDS));
    }

    private static int live(NodeApi node, TopView first, long intervalNanos) throws IOException {
        try (Screen screen = Screen.open(System.getenv("TERM"))) {
            String help =
                    "q end, R reverse, sort: " + TopColumn.keys() + (screen.takesKeysAtOnce() ? "" : " (then Enter)");
            TopView view = first;
            while (!System.out.checkError()) {
                show(screen, view, help);
                TopView next = wait(screen, view, help, System.nanoTime() + intervalNanos);
                if (next == null) {
                    return Asking.OK;
                }
                view = next.withBoard(board(node, next));
            }
            return Asking.OK;
        }
    }

    /** A node that does not answer for a moment may be back; what is shown says how old it is. */
    private static JsonNode board(NodeApi node, TopView last) {
        try {
            return node.board();
        } catch (IOException away) {
            return Away.mark(last.board(), String.valueOf(away.getMessage()));
        }
    }

    private static void show(Screen screen, TopView view, String help) {
        Space space = screen.space();
        List<String> head = new ArrayList<>();
        String away = Away.of(view.board());
        if (!away.isEmpty()) {
            head.add(Table.harmless("NOT ANSWERING, what is below is old: " + away));
        }
        List<String> foot = new ArrayList<>(List.of(""));
        foot.addAll(wrapped("by " + view.order() + ". " + help, space.columns()));
        List<String> lines = new ArrayList<>(head);
        lines.addAll(view.page(space.below(head.size() + foot.size())));
        lines.addAll(foot);
        screen.show(lines, space);
    }

    /** The text in lines of so many characters, broken between words. */
    static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && (long) line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static @Nullable TopView wait(Screen screen, TopView now, String help, long until) throws IOException {
        TopView view = now;
        while (System.nanoTime() - until < 0) {
            while (System.in.available() > 0) {
                TopView next = view.onKey(System.in.read());
                if (next == null) {
                    return null;
                }
                if (!next.equals(view)) {
                    view = next;
                    show(screen, view, help);
                }
            }
            Asking.pause(LOOK_NANOS);
        }
        return view;
    }
}
