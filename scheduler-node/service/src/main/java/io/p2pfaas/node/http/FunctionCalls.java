package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.BodyBudget;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Optional;

/** Calls whose callers wait for the answer: {@code /function/}. */
final class FunctionCalls implements CallIntake.Taker {
    static final String PREFIX = "/function/";

    private final NodeLoop loop;
    private final CallReport report;
    private final long timeoutNanos;

    FunctionCalls(NodeLoop loop, CallReport report, Duration timeout) {
        this.loop = loop;
        this.report = report;
        this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public Arrived.Way way() {
        return Arrived.Way.HTTP;
    }

    @Override
    public String newId() {
        return CallTrace.anyId();
    }

    @Override
    public Optional<Refusal> refusal(HttpServerExchange exchange) {
        return Optional.empty();
    }

    @Override
    public void take(HttpServerExchange exchange, Offering offering, BodyBudget.Share share) {
        HttpCall call = new HttpCall(exchange, offering, loop, report);
        offering.to(loop, call, offering.arrivedNanos() + timeoutNanos);
    }
}
