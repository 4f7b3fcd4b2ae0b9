package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * {@code /function/{name}[/path][?query]}: takes the call in, whole, and offers it to the node. Everything happens on
 * the connection's I/O thread. The body is buffered, since where the call will run is decided after it is here.
 */
final class FunctionHandler implements HttpHandler {
    static final String PREFIX = "/function/";
    private static final HttpString SCHEDULER = new HttpString(CallReport.SCHEDULER_FIELD);
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final NodeLoop loop;
    private final CallReport report;
    private final Predicate<FunctionName> isIdempotent;
    private final BodyBudget budget;
    private final BodyReader bodies;
    private final long maxBodyBytes;
    private final long timeoutNanos;

    FunctionHandler(
            NodeLoop loop,
            CallReport report,
            Predicate<FunctionName> isIdempotent,
            BodyBudget budget,
            BodyReader bodies,
            HttpSetup setup) {
        this.loop = loop;
        this.report = report;
        this.isIdempotent = isIdempotent;
        this.budget = budget;
        this.bodies = bodies;
        this.maxBodyBytes = setup.maxBodyBytes();
        this.timeoutNanos = setup.callTimeout().toNanos();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String uri = rawPath(exchange);
        int end = uri.indexOf('/', PREFIX.length());
        String name = end < 0 ? uri.substring(PREFIX.length()) : uri.substring(PREFIX.length(), end);
        if (!FunctionName.isValid(name)) {
            refuse(exchange, null, StatusCodes.NOT_FOUND, 3, "Not Found: no function can have this name");
            return;
        }
        long length = exchange.getRequestContentLength();
        if (length > maxBodyBytes) {
            tooLarge(exchange, null);
            return;
        }
        FunctionName function = new FunctionName(name);
        String path = end < 0 ? "" : uri.substring(end);
        long arrived = loop.nowNanos();
        if (length == 0 || exchange.isRequestComplete()) {
            offer(exchange, function, path, NO_BODY, 0, arrived);
            return;
        }
        // A body of unknown length may grow to the limit.
        long reserved = length > 0 ? length : maxBodyBytes;
        if (!budget.tryTake(reserved)) {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            refuse(
                    exchange,
                    null,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    400,
                    "Job cannot be scheduled: the node holds as many request bodies as it can");
            return;
        }
        Runnable giveBack = budget.giveBackOnce(reserved);
        exchange.addExchangeCompleteListener((completed, next) -> {
            giveBack.run();
            next.proceed();
        });
        bodies.read(
                exchange,
                body -> offer(exchange, function, path, body, body.remaining(), arrived),
                rest -> {
                    giveBack.run();
                    tooLarge(exchange, rest);
                },
                rest -> {
                    giveBack.run();
                    refuse(exchange, rest, StatusCodes.REQUEST_TIME_OUT, 4, "The body did not come in time");
                });
    }

    /** An answer to what does not become a call; it names the scheduler, as all answers do. */
    private void refuse(
            HttpServerExchange exchange, @Nullable StreamSourceChannel rest, int status, int code, String message) {
        exchange.getResponseHeaders().put(SCHEDULER, report.scheduler());
        EarlyAnswer.error(exchange, rest, status, code, message);
    }

    /** As the caller wrote it: decoding is the function's business. */
    private static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int path = uri.indexOf('/', uri.indexOf("//") + 2);
        return path < 0 ? "/" : uri.substring(path);
    }

    private void tooLarge(HttpServerExchange exchange, @Nullable StreamSourceChannel rest) {
        refuse(
                exchange,
                rest,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                4,
                "The body is larger than " + maxBodyBytes + " bytes");
    }

    private void offer(
            HttpServerExchange exchange,
            FunctionName function,
            String path,
            ByteBuffer body,
            long bytes,
            long arrived) {
        Headers headers = headers(exchange.getRequestHeaders());
        Request request =
                new Request(exchange.getRequestMethod().toString(), path, exchange.getQueryString(), headers, body);
        HttpCall call = new HttpCall(exchange, request, arrived, loop, report);
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> call.offer(function, bytes, isIdempotent.test(function), arrived + timeoutNanos));
    }

    private static Headers headers(HeaderMap fields) {
        EndToEnd rule = EndToEnd.besides(connection(fields));
        Headers.Builder kept = new Headers.Builder();
        for (long i = fields.fastIterateNonEmpty(); i != -1L; i = fields.fiNextNonEmpty(i)) {
            HeaderValues values = fields.fiCurrent(i);
            String name = values.getHeaderName().toString();
            for (int v = 0; v < values.size(); v++) {
                if (rule.carries(name, values.get(v))) {
                    kept.add(name, values.get(v));
                }
            }
        }
        return kept.build();
    }

    private static String connection(HeaderMap fields) {
        HeaderValues values = fields.get(io.undertow.util.Headers.CONNECTION);
        return values == null ? "" : String.join(",", values);
    }
}
