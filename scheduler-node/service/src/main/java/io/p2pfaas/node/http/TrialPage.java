package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.Trial;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * {@code POST /ui/invoke/NAME}: calls a function over MQTT on behalf of the page, which cannot speak it. Fields that the
 * browser adds by itself stay behind.
 */
final class TrialPage implements Site.NamedPage {
    static final String PREFIX = "/ui/invoke/";

    private static final int GENERIC = 1;
    private static final int WRONG_INPUT = 4;
    private static final int MAX_BYTES = 256 * 1024;

    private final Trial trial;
    private final SentDocument sent;

    TrialPage(Trial trial, Duration readTimeout) {
        this.trial = trial;
        this.sent = new SentDocument(MAX_BYTES, readTimeout);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange, String name) {
        if (!FunctionName.isValid(name)) {
            EarlyAnswer.error(
                    exchange, null, StatusCodes.NOT_FOUND, WRONG_INPUT, "no function can have this name: " + name);
            return;
        }
        FunctionName function = new FunctionName(name);
        if (ManagementGate.isFromAnotherSite(exchange)) {
            EarlyAnswer.error(
                    exchange,
                    null,
                    StatusCodes.FORBIDDEN,
                    GENERIC,
                    "Forbidden: another web site may not call functions in the name of the page");
            return;
        }
        sent.read(exchange, (asked, body) -> call(asked, function, body));
    }

    private void call(HttpServerExchange exchange, FunctionName function, ByteBuffer body) {
        Request request = new Request("POST", "", "", fields(exchange.getRequestHeaders()), body.asReadOnlyBuffer());
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> trial.call(function, request)
                        .thenAccept(response -> exchange.getIoThread().execute(() -> answer(exchange, response))));
    }

    private static void answer(HttpServerExchange exchange, Response response) {
        exchange.setStatusCode(response.status());
        response.headers().forEach((name, value) -> {
            if (EndToEnd.besides(null).carries(name, value)) {
                exchange.getResponseHeaders().add(HttpCall.name(name), value);
            }
        });
        // After the function's own fields, which cannot take these back.
        PageFiles.guardForeign(exchange);
        if (HttpCall.mayHaveBody(exchange)) {
            exchange.getResponseSender().send(response.body().duplicate());
        } else {
            exchange.endExchange();
        }
    }

    private static Headers fields(HeaderMap given) {
        Headers.Builder fields = new Headers.Builder();
        for (HeaderValues values : given) {
            String name = values.getHeaderName().toString();
            for (String value : values) {
                if (!isOfBrowser(name) && EndToEnd.besides(null).carries(name, value)) {
                    fields.add(name, value);
                }
            }
        }
        return fields.build();
    }

    private static boolean isOfBrowser(String name) {
        return name.regionMatches(true, 0, "sec-", 0, 4)
                || name.regionMatches(true, 0, "accept", 0, 6)
                || name.equalsIgnoreCase("cookie")
                || name.equalsIgnoreCase("origin")
                || name.equalsIgnoreCase("referer")
                || name.equalsIgnoreCase("user-agent")
                || name.equalsIgnoreCase("authorization")
                || name.equalsIgnoreCase("cache-control")
                || name.equalsIgnoreCase("pragma");
    }
}
