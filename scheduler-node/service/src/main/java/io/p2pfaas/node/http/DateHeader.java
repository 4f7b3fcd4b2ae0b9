package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ResponseCommitListener;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Gives each answer its date, unless the function gave it one. Undertow's own way has one date for all servers of a JVM,
 * which a thread of the one that answered first renews: once that server is closed, the date of all others stands still.
 */
final class DateHeader implements HttpHandler {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Second(long number, String text) {}

    private final HttpHandler next;
    private final InstantSource clock;
    private final ResponseCommitListener stamp = exchange -> stamp(exchange.getResponseHeaders());
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    DateHeader(HttpHandler next, InstantSource clock) {
        this.next = next;
        this.clock = clock;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        // Not now: a call may take its time.
        exchange.addResponseCommitListener(stamp);
        next.handleRequest(exchange);
    }

    void stamp(HeaderMap answer) {
        if (!answer.contains(Headers.DATE)) {
            answer.put(Headers.DATE, now());
        }
    }

    /** Made once a second, since every answer has it. */
    private String now() {
        long number = TimeUnit.MILLISECONDS.toSeconds(clock.millis());
        Second known = last;
        if (known.number() != number) {
            known = new Second(number, FORMAT.format(Instant.ofEpochSecond(number)));
            last = known;
        }
        return known.text();
    }
}
