package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.LogQuery;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /system/logs}: what a function has written, one JSON object a line. */
final class LogPage implements HttpHandler {
    private static final int GENERIC = 1;
    /** RFC 3339: seconds and an offset must be there. */
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final FunctionDesk desk;
    private final Waiting waiting;
    private final ManagementSetup setup;
    private final AtomicInteger open = new AtomicInteger();

    LogPage(FunctionDesk desk, Waiting waiting, ManagementSetup setup) {
        this.desk = desk;
        this.waiting = waiting;
        this.setup = setup;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        waiting.answer(exchange, () -> {
            LogQuery query = query(exchange.getQueryString());
            if (desk.find(query.name()).isEmpty()) {
                throw FunctionPages.unknown(query.name().value());
            }
            return task -> begin(task, query);
        });
    }

    private void begin(HttpServerExchange exchange, LogQuery query) {
        if (open.incrementAndGet() > setup.maxLogs()) {
            open.decrementAndGet();
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "10");
            Replies.error(
                    exchange,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    GENERIC,
                    "As many logs are read as can be at the same time: " + setup.maxLogs());
            return;
        }
        exchange.addExchangeCompleteListener((completed, next) -> {
            open.decrementAndGet();
            next.proceed();
        });
        LogAnswer answer = new LogAnswer(exchange, setup.maxLogTime(), setup.maxLogBytes());
        answer.begin();
        waiting.run(() -> answer.readFrom(sink -> desk.logs(query, sink)), answer::failed);
    }

    /** @throws IllegalArgumentException naming the parameter, what was found and what is allowed */
    static LogQuery query(String raw) {
        QueryText query = QueryText.parse(raw);
        Namespaces.require(query);
        String name = query.get("name")
                .orElseThrow(() -> new IllegalArgumentException("name is missing; allowed is the name of a function"));
        FunctionName function = FunctionPages.named(name);
        return new LogQuery(
                function,
                query.get("instance"),
                query.get("tail").map(LogPage::tail).orElse(OptionalInt.empty()),
                query.get("since").map(LogPage::since),
                query.get("follow").map(LogPage::truth).orElse(false));
    }

    /** Clients say 0 or -1 for all of them. */
    private static OptionalInt tail(String text) {
        try {
            int lines = Integer.parseInt(text);
            if (lines >= -1) {
                return lines <= 0 ? OptionalInt.empty() : OptionalInt.of(lines);
            }
        } catch (NumberFormatException ignored) {
            // Told below, as any other wrong value.
        }
        throw wrong("tail", text, "a whole number of lines, or -1 for all");
    }

    private static Instant since(String text) {
        try {
            return OffsetDateTime.parse(text, RFC_3339).toInstant();
        } catch (DateTimeException broken) {
            throw wrong("since", text, "a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00%2B01:00 (RFC 3339)");
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw wrong("follow", text, "true or false");
        };
    }

    private static IllegalArgumentException wrong(String name, String text, String allowed) {
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return new IllegalArgumentException(name + " is \"" + shown + "\"; allowed is " + allowed);
    }
}
