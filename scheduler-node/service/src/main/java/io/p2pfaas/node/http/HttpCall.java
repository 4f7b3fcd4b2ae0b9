package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.stream.Collectors;
import org.xnio.IoUtils;

/** One call over HTTP: offered on the connection's I/O thread, answered there too, wherever its outcome comes from. */
final class HttpCall implements CallerCall {
    private static final int FIRST_WITH_BODY = 200;
    private static final Map<String, HttpString> REPORT_NAMES =
            CallReport.FIELDS.stream().collect(Collectors.toUnmodifiableMap(name -> name, HttpString::new));

    private final HttpServerExchange exchange;
    private final Offering offering;
    private final NodeLoop loop;
    private final CallReport report;

    HttpCall(HttpServerExchange exchange, Offering offering, NodeLoop loop, CallReport report) {
        this.exchange = exchange;
        this.offering = offering;
        this.loop = loop;
        this.report = report;
    }

    @Override
    public Request request() {
        return offering.request();
    }

    @Override
    public long arrivedNanos() {
        return offering.arrivedNanos();
    }

    @Override
    public Noted noted() {
        return offering.noted();
    }

    @Override
    public void reply(Call call, End end, Placement placement) {
        TracedCall traced = noted().traced();
        if (traced != null) {
            traced.ended(end, placement.path(), loop.nowNanos());
        }
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
        CallAnswer answer = CallAnswer.of(end);
        exchange.setStatusCode(answer.status());
        boolean sendsBody = mayHaveBody(exchange);
        write(answer, sendsBody, fields);
        long total = loop.nowNanos() - arrivedNanos();
        report.describe(call, end, placement, total, (name, value) -> fields.put(name(name), value));
        offering.trace().describe(total, fields);
        if (sendsBody) {
            BodyWriter.send(exchange, answer.body());
        } else {
            exchange.endExchange();
        }
    }

    /** Writes an answer's own fields. The length of what is sent is the entrance's business; to HEAD the function's word counts. */
    static void write(CallAnswer answer, boolean sendsBody, HeaderMap fields) {
        answer.headers().forEach((name, value) -> {
            if (!sendsBody || !name.equalsIgnoreCase(Response.CONTENT_LENGTH)) {
                fields.add(name(name), value);
            }
        });
    }

    /** Names that every answer has are made once; Undertow knows the usual others. */
    static HttpString name(String text) {
        HttpString known = REPORT_NAMES.get(text);
        return known != null ? known : HttpString.tryFromString(text);
    }

    /** Whether an answer to this request with the status that is set can have a body. */
    static boolean mayHaveBody(HttpServerExchange exchange) {
        int status = exchange.getStatusCode();
        return status >= FIRST_WITH_BODY
                && status != StatusCodes.NO_CONTENT
                && status != StatusCodes.NOT_MODIFIED
                && !exchange.getRequestMethod().equals(Methods.HEAD);
    }
}
