package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code logs NAME}: what a function has written. */
final class LogsCommand {
    private static final String FOLLOW = "--follow";
    private static final String TAIL = "--tail";
    private static final String SINCE = "--since";
    private static final String INSTANCE = "--instance";
    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_FAILURE = 400;
    private static final List<String> COLUMNS = List.of("timestamp", "instance", "text");
    private static final JsonMapper JSON = new JsonMapper();

    private LogsCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(LogsCommand::run, "Shows what a function has written on this node.");
        Target.addTo(spec);
        spec.addOption(Options.flag("Go on until Ctrl-C.", "-f", FOLLOW));
        spec.addOption(Options.text("LINES", "Only so many last lines of each replica. Default: all", TAIL));
        spec.addOption(Options.text(
                "AGO|TIME", "Only what is newer: 90s, 10m, 2h, 1d, or 2026-01-31T12:00:00Z. Default: all", SINCE));
        spec.addOption(Options.text("NAME", "Only replicas whose name begins so.", INSTANCE));
        Form.addTo(spec);
        spec.addPositional(Options.name("NAME", "The function."));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.run(parsed, () -> {
            Form form = Form.of(parsed);
            String path = path(parsed, Clock.systemUTC());
            NodeClient client = Target.client(parsed, TIMEOUT);
            if (form == Form.CSV) {
                System.out.print(Table.csv(COLUMNS));
            }
            NodeClient.Answer answer = client.follow(path, line -> {
                System.out.print(shown(line, form));
                return !System.out.checkError();
            });
            if (answer.status() >= FIRST_FAILURE) {
                throw new NodeRefused(
                        answer.status(), "the node answers " + NodeApi.refusal(answer.status(), answer.text()));
            }
            return Asking.OK;
        });
    }

    private static String path(CommandLine.ParseResult parsed, Clock clock) {
        StringBuilder path =
                new StringBuilder("/system/logs?name=").append(Options.function(parsed.matchedPositionalValue(0, "")));
        if (parsed.hasMatchedOption(FOLLOW)) {
            path.append("&follow=true");
        }
        String tail = parsed.matchedOptionValue(TAIL, "");
        if (!tail.isEmpty()) {
            path.append("&tail=").append(Options.number(TAIL, tail, 1, Integer.MAX_VALUE));
        }
        String since = parsed.matchedOptionValue(SINCE, "");
        if (!since.isEmpty()) {
            path.append("&since=").append(escaped(since(since, clock.instant()).toString()));
        }
        String instance = parsed.matchedOptionValue(INSTANCE, "");
        if (!instance.isEmpty()) {
            path.append("&instance=").append(escaped(instance));
        }
        return path.toString();
    }

    /** @throws IllegalArgumentException with what is allowed */
    static Instant since(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long number = Long.parseLong(ago.group(1));
            ChronoUnit unit = switch (ago.group(2)) {
                case "s" -> ChronoUnit.SECONDS;
                case "m" -> ChronoUnit.MINUTES;
                case "h" -> ChronoUnit.HOURS;
                default -> ChronoUnit.DAYS;
            };
            // The node wants whole seconds.
            return now.minus(Duration.of(number, unit)).truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException(
                    SINCE + " is '" + text + "', allowed is for example 90s, 10m, 2h, 1d or 2026-01-31T12:00:00Z",
                    broken);
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A line of what the node sends, with its end. */
    static String shown(String line, Form form) {
        if (form == Form.JSON) {
            return Table.harmlessJson(line) + "\n";
        }
        try {
            JsonNode entry = JSON.readTree(line);
            List<String> cells =
                    COLUMNS.stream().map(column -> entry.path(column).asText()).toList();
            return form == Form.CSV ? Table.csv(cells) : Table.harmless(String.join(" ", cells)) + "\n";
        } catch (JsonProcessingException ignored) {
            // Shown as it came.
            return Table.harmless(line) + "\n";
        }
    }
}
