package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.SchedulerFields;
import io.p2pfaas.node.call.Verdict;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xnio.IoUtils;

/** One call over HTTP: offered on the connection's I/O thread, answered there too, wherever its outcome comes from. */
final class HttpCall implements CallerCall {
    private static final int FIRST_WITH_BODY = 200;
    private static final Map<String, HttpString> REPORT_NAMES =
            CallReport.FIELDS.stream().collect(Collectors.toUnmodifiableMap(name -> name, HttpString::new));

    private final HttpServerExchange exchange;
    private final Request request;
    private final long arrivedNanos;
    private final NodeLoop loop;
    private final CallReport report;

    HttpCall(HttpServerExchange exchange, Request request, long arrivedNanos, NodeLoop loop, CallReport report) {
        this.exchange = exchange;
        this.request = request;
        this.arrivedNanos = arrivedNanos;
        this.loop = loop;
        this.report = report;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    void offer(FunctionName function, long bodyBytes, boolean idempotent, long deadlineNanos) {
        SchedulerFields asked = SchedulerFields.of(request.headers());
        Call call = new Call(
                loop.nextCallId(),
                function,
                Arrival.CLIENT,
                List.of(),
                deadlineNanos,
                bodyBytes,
                idempotent,
                asked.routing(),
                asked.taskType(),
                asked.wantedWithinNanos(),
                this);
        loop.offer(new Event.CallArrived(call));
    }

    @Override
    public void reply(Call call, End end, Placement placement) {
        if (exchange.getIoThread() == Thread.currentThread()) {
            sendOrClose(call, end, placement);
        } else {
            exchange.getIoThread().execute(() -> sendOrClose(call, end, placement));
        }
    }

    private void sendOrClose(Call call, End end, Placement placement) {
        try {
            send(call, end, placement);
        } catch (RuntimeException unsendable) {
            // An answer that cannot be written must not leave the caller waiting for ever.
            IoUtils.safeClose(exchange.getConnection());
            throw unsendable;
        }
    }

    private void send(Call call, End end, Placement placement) {
        if (exchange.isResponseStarted() || exchange.isComplete()) {
            return;
        }
        HeaderMap fields = exchange.getResponseHeaders();
        Object payload = end.payload() instanceof Outcome.Remote remote ? remote.outcome() : end.payload();
        ByteBuffer body;
        if (end.reason() == null && payload instanceof Outcome.Answered answered) {
            Response response = answered.response();
            exchange.setStatusCode(response.status());
            boolean sendsBody = mayHaveBody();
            response.headers().forEach((name, value) -> {
                // The length of what is sent is the entrance's business; to HEAD the function's own word counts.
                if (!sendsBody || !name.equalsIgnoreCase(Response.CONTENT_LENGTH)) {
                    fields.add(name(name), value);
                }
            });
            body = response.body().duplicate();
        } else {
            Verdict verdict = Verdict.of(end);
            exchange.setStatusCode(verdict.status());
            fields.put(Headers.CONTENT_TYPE, "application/json");
            if (verdict.retryAfterSeconds() > 0) {
                fields.put(Replies.RETRY_AFTER, verdict.retryAfterSeconds());
            }
            body = ByteBuffer.wrap(verdict.json().getBytes(StandardCharsets.UTF_8));
        }
        long total = loop.nowNanos() - arrivedNanos;
        report.describe(call, end, placement, total, (name, value) -> fields.put(name(name), value));
        if (mayHaveBody()) {
            BodyWriter.send(exchange, body);
        } else {
            exchange.endExchange();
        }
    }

    /** Names that every answer has are made once; Undertow knows the usual others. */
    private static HttpString name(String text) {
        HttpString known = REPORT_NAMES.get(text);
        return known != null ? known : HttpString.tryFromString(text);
    }

    private boolean mayHaveBody() {
        int status = exchange.getStatusCode();
        return status >= FIRST_WITH_BODY
                && status != StatusCodes.NO_CONTENT
                && status != StatusCodes.NOT_MODIFIED
                && !exchange.getRequestMethod().equals(Methods.HEAD);
    }
}
