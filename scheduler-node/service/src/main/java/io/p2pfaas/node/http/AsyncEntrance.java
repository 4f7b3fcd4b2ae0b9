package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.BodyBudget;
import io.p2pfaas.node.call.CallId;
import io.p2pfaas.node.call.Document.Refusal;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls whose callers do not wait: {@code /async-function/}, and {@code /async-result/{id}} for those who ask later. */
final class AsyncEntrance implements CallIntake.Taker {
    static final String PREFIX = "/async-function/";
    static final String RESULTS = "/async-result/";
    static final String STATUS_FIELD = "X-Function-Status";

    private static final HttpString STATUS = new HttpString(STATUS_FIELD);
    private static final HttpString CALLBACK = new HttpString("X-Callback-Url");
    private static final HttpString CALL_ID = new HttpString(CallId.FIELD);
    private static final HttpString START = new HttpString(CallTrace.START_FIELD);
    private static final Pattern PATH_SEGMENT = Pattern.compile("[A-Za-z0-9._~-]*[A-Za-z0-9_~-][A-Za-z0-9._~-]*");

    private final AsyncCalls calls;
    private final CallbackRule callbacks;

    AsyncEntrance(AsyncCalls calls, CallbackRule callbacks) {
        this.calls = calls;
        this.callbacks = callbacks;
    }

    @Override
    public Arrived.Way way() {
        return Arrived.Way.ASYNC;
    }

    @Override
    public Optional<Refusal> refusal(HttpServerExchange exchange) {
        HeaderValues wanted = exchange.getRequestHeaders().get(CALLBACK);
        if (wanted != null
                && (wanted.size() > 1 || callbacks.allows(wanted.getFirst()).isEmpty())) {
            return Optional.of(
                    Refusal.wrongInput("X-Callback-Url is not allowed: it must be one URL that begins as the setting "
                            + CallbackRule.SETTING + " says"));
        }
        if (calls.isFull()) {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            return Optional.of(new Refusal(StatusCodes.SERVICE_UNAVAILABLE, 400, tooMany()));
        }
        return Optional.empty();
    }

    private static String tooMany() {
        return "Job cannot be scheduled: as many asynchronous calls as are allowed (async.queue) have not ended";
    }

    @Override
    public void take(HttpServerExchange exchange, Offering offering, BodyBudget.Share share) {
        share.keep();
        share.shrinkTo(offering.request().body().capacity());
        Optional<String> id = calls.take(offering, ids(offering), callback(exchange), share::giveBack);
        exchange.getResponseHeaders()
                .put(CALL_ID, offering.trace().id())
                .put(START, offering.trace().started());
        if (id.isEmpty()) {
            share.giveBack();
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            Replies.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, 400, tooMany());
            return;
        }
        exchange.getResponseHeaders().put(Headers.LOCATION, RESULTS + id.get());
        exchange.setStatusCode(StatusCodes.ACCEPTED).endExchange();
    }

    private @Nullable URI callback(HttpServerExchange exchange) {
        String url = exchange.getRequestHeaders().getFirst(CALLBACK);
        return url == null ? null : callbacks.allows(url).orElse(null);
    }

    /** Hard to guess, since an id is all that is needed to read a result. */
    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    /** A result is found by the call's id, unless the caller gave one that is in use or cannot be part of a path. */
    private List<String> ids(Offering offering) {
        String id = offering.trace().id();
        return PATH_SEGMENT.matcher(id).matches() ? List.of(id, newId()) : List.of(newId());
    }

    /** Answers with a result. */
    void answer(HttpServerExchange exchange, String id) {
        Optional<AsyncResults.Known> known = calls.find(id);
        if (known.isEmpty()) {
            Replies.error(
                    exchange,
                    StatusCodes.NOT_FOUND,
                    3,
                    "Not Found: no call has this id, or its result was kept as long as results are");
        } else if (known.get() instanceof AsyncResults.Known.Ended ended) {
            send(exchange, ended.result());
        } else {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            Replies.json(exchange, StatusCodes.ACCEPTED, "{\"state\":\"running\"}");
        }
    }

    private static void send(HttpServerExchange exchange, AsyncResult result) {
        CallAnswer answer = result.answer();
        exchange.setStatusCode(answer.status());
        boolean sendsBody = HttpCall.mayHaveBody(exchange);
        HttpCall.write(answer, sendsBody, exchange.getResponseHeaders());
        exchange.getResponseHeaders().put(STATUS, answer.status());
        result.trace().describe(result.durationNanos(), exchange.getResponseHeaders());
        if (sendsBody) {
            BodyWriter.send(exchange, answer.body().duplicate());
        } else {
            exchange.endExchange();
        }
    }
}
