package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.BodyBudget;
import io.p2pfaas.node.call.CallId;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * {@code PREFIX{name}[/path][?query]}: takes a call in, whole. Everything happens on the connection's I/O thread. The
 * body is buffered, since where the call will run is decided after it is here.
 */
final class CallIntake implements HttpHandler {
    private static final HttpString SCHEDULER = new HttpString(CallReport.SCHEDULER_FIELD);
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** What is done with calls that are here. */
    interface Taker {
        /** How calls come that are taken here. */
        Arrived.Way way();

        /** Makes an id for a call whose caller gave none. */
        String newId();

        /** Why a call is refused before its body is read; empty if it is not. */
        Optional<Refusal> refusal(HttpServerExchange exchange);

        /**
         * Takes a call, on the connection's I/O thread.
         *
         * @param share what its body holds of the budget; given back at the end of the exchange unless it is kept
         */
        void take(HttpServerExchange exchange, Offering offering, BodyBudget.Share share);
    }

    private final String prefix;
    private final NodeLoop loop;
    private final CallReport report;
    private final CallNotes notes;
    private final Predicate<FunctionName> isIdempotent;
    private final BodyBudget budget;
    private final BodyReader bodies;
    private final long maxBodyBytes;
    private final Clock wallClock;
    private final Taker taker;

    /** @param prefix with a slash at its end */
    CallIntake(
            String prefix, HttpEntrance.Calls calls, BodyBudget budget, HttpSetup setup, Clock wallClock, Taker taker) {
        this.prefix = prefix;
        this.loop = calls.loop();
        this.report = calls.report();
        this.notes = calls.notes();
        this.isIdempotent = calls.isIdempotent();
        this.budget = budget;
        this.bodies = new BodyReader(setup.maxBodyBytes(), setup.readTimeout().toMillis());
        this.maxBodyBytes = setup.maxBodyBytes();
        this.wallClock = wallClock;
        this.taker = taker;
    }

    boolean serves(String path) {
        return path.startsWith(prefix);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        new Coming(exchange).begin();
    }

    /** One call on its way in. */
    private final class Coming {
        private final HttpServerExchange exchange;
        private final long arrived = loop.nowNanos();
        private final CallTrace trace;

        Coming(HttpServerExchange exchange) {
            this.exchange = exchange;
            this.trace = CallTrace.of(
                    exchange.getRequestHeaders().getFirst(CallId.FIELD), taker::newId, wallClock.instant());
        }

        void begin() {
            String uri = rawPath(exchange);
            int end = uri.indexOf('/', prefix.length());
            String name = FunctionJson.withoutNamespace(
                    end < 0 ? uri.substring(prefix.length()) : uri.substring(prefix.length(), end));
            if (!FunctionName.isValid(name)) {
                refuse(null, StatusCodes.NOT_FOUND, 3, "Not Found: no function can have this name");
                return;
            }
            Optional<Refusal> refusal = taker.refusal(exchange);
            if (refusal.isPresent()) {
                Refusal why = refusal.get();
                refuse(null, why.status(), why.code(), why.message());
                return;
            }
            long length = exchange.getRequestContentLength();
            if (length > maxBodyBytes) {
                tooLarge(null);
                return;
            }
            FunctionName function = new FunctionName(name);
            String path = end < 0 ? "" : uri.substring(end);
            if (length == 0 || exchange.isRequestComplete()) {
                take(function, path, NO_BODY, budget.share(0));
            } else {
                read(function, path, length);
            }
        }

        private void read(FunctionName function, String path, long length) {
            // A body of unknown length may grow to the limit.
            long reserved = length > 0 ? length : maxBodyBytes;
            if (!budget.tryTake(reserved)) {
                exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
                refuse(
                        null,
                        StatusCodes.SERVICE_UNAVAILABLE,
                        400,
                        "Job cannot be scheduled: the node holds as many request bodies as it can");
                return;
            }
            BodyBudget.Share share = budget.share(reserved);
            exchange.addExchangeCompleteListener((completed, next) -> {
                share.exchangeEnded();
                next.proceed();
            });
            bodies.read(
                    exchange,
                    body -> take(function, path, body, share),
                    rest -> {
                        share.giveBack();
                        tooLarge(rest);
                    },
                    rest -> {
                        share.giveBack();
                        refuse(rest, StatusCodes.REQUEST_TIME_OUT, 4, "The body did not come in time");
                    });
        }

        /** An answer to what does not become a call; it names the scheduler, as all answers do. */
        private void refuse(@Nullable StreamSourceChannel rest, int status, int code, String message) {
            exchange.getResponseHeaders().put(SCHEDULER, report.scheduler());
            trace.describe(loop.nowNanos() - arrived, exchange.getResponseHeaders());
            EarlyAnswer.error(exchange, rest, status, code, message);
        }

        private void tooLarge(@Nullable StreamSourceChannel rest) {
            refuse(rest, StatusCodes.REQUEST_ENTITY_TOO_LARGE, 4, "The body is larger than " + maxBodyBytes + " bytes");
        }

        private void take(FunctionName function, String path, ByteBuffer body, BodyBudget.Share share) {
            Request request = new Request(
                    exchange.getRequestMethod().toString(),
                    path,
                    exchange.getQueryString(),
                    headers(exchange.getRequestHeaders(), trace),
                    body);
            Noted noted = notes.begin(taker.way(), function, prefix, 0, request, arrived);
            Offering offering = new Offering(function, request, isIdempotent.test(function), arrived, trace, noted);
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> taker.take(exchange, offering, share));
        }
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

    private static Headers headers(HeaderMap fields, CallTrace trace) {
        EndToEnd rule = EndToEnd.besides(connection(fields));
        Headers.Builder kept = new Headers.Builder();
        for (long i = fields.fastIterateNonEmpty(); i != -1L; i = fields.fiNextNonEmpty(i)) {
            HeaderValues values = fields.fiCurrent(i);
            String name = values.getHeaderName().toString();
            for (int v = 0; v < values.size(); v++) {
                if (rule.carries(name, values.get(v)) && !CallTrace.isTraceField(name)) {
                    kept.add(name, values.get(v));
                }
            }
        }
        trace.describe(kept::add);
        return kept.build();
    }

    private static String connection(HeaderMap fields) {
        HeaderValues values = fields.get(io.undertow.util.Headers.CONNECTION);
        return values == null ? "" : String.join(",", values);
    }
}
