package io.p2pfaas.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.FunctionJson;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Functions in the manner of the OpenFaaS gateway: list, deploy, replace, remove, describe, scale. */
final class FunctionPages {
    private static final String FUNCTIONS = "/system/functions";
    private static final int MAX_REPLICAS = 1_000_000;

    private final FunctionDesk desk;
    private final Waiting waiting;
    private final SentDocument sent;

    private FunctionPages(FunctionDesk desk, Waiting waiting, Duration readTimeout) {
        this.desk = desk;
        this.waiting = waiting;
        this.sent = new SentDocument(FunctionJson.MAX_BYTES, readTimeout);
    }

    static void addTo(Site site, FunctionDesk desk, Waiting waiting, Duration readTimeout) {
        FunctionPages pages = new FunctionPages(desk, waiting, readTimeout);
        site.get(FUNCTIONS, exchange -> waiting.answer(exchange, () -> pages.list(exchange)))
                .post(FUNCTIONS, pages.deployed(desk::deploy))
                .on(Methods.PUT, FUNCTIONS, pages.deployed(desk::update))
                .on(Methods.DELETE, FUNCTIONS, pages.sent.to(pages::remove))
                .below(Methods.GET, "/system/function/", pages::describe)
                .below(Methods.POST, "/system/scale-function/", pages::scale);
    }

    private Waiting.Answer list(HttpServerExchange exchange) {
        Namespaces.require(QueryText.parse(exchange.getQueryString()));
        return Waiting.Answer.json(
                StatusCodes.OK,
                desk.list().stream().map(FunctionJson::write).collect(Collectors.joining(",", "[", "]")));
    }

    private HttpHandler deployed(Function<FunctionDefinition, Optional<Refusal>> change) {
        return sent.to((exchange, body) -> waiting.answer(exchange, () -> {
            Namespaces.require(FunctionJson.object(body));
            return Waiting.Answer.accepted(change.apply(FunctionJson.read(body)));
        }));
    }

    private void remove(HttpServerExchange exchange, ByteBuffer body) {
        waiting.answer(exchange, () -> {
            Namespaces.require(QueryText.parse(exchange.getQueryString()));
            ObjectNode given = FunctionJson.object(body);
            Namespaces.require(given);
            return Waiting.Answer.accepted(desk.remove(FunctionJson.name(given, "functionName")));
        });
    }

    private void describe(HttpServerExchange exchange, String name) {
        waiting.answer(exchange, () -> {
            Namespaces.require(QueryText.parse(exchange.getQueryString()));
            return desk.find(named(name))
                    .map(state -> Waiting.Answer.json(StatusCodes.OK, FunctionJson.write(state)))
                    .orElseThrow(() -> unknown(name));
        });
    }

    private void scale(HttpServerExchange exchange, String name) {
        sent.read(
                exchange,
                (whole, body) -> waiting.answer(whole, () -> {
                    FunctionName function = named(name);
                    ObjectNode given = FunctionJson.object(body);
                    Namespaces.require(QueryText.parse(whole.getQueryString()));
                    Namespaces.require(given);
                    String said = FunctionJson.withoutNamespace(FunctionJson.text(given, "serviceName", ""));
                    if (!said.isEmpty() && !said.equals(function.value())) {
                        throw FunctionJson.wrong(
                                "serviceName", given.get("serviceName"), "the name in the path, " + function.value());
                    }
                    return Waiting.Answer.accepted(desk.scale(function, replicas(given)));
                }));
    }

    private static int replicas(ObjectNode given) {
        JsonNode value = given.get("replicas");
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw FunctionJson.wrong("replicas", value, "a whole number from 0");
        }
        int replicas = value.intValue();
        if (replicas < 0 || replicas > MAX_REPLICAS) {
            throw FunctionJson.wrong("replicas", value, "a whole number from 0 to " + MAX_REPLICAS);
        }
        return replicas;
    }

    /** The function that a path or a query names. What can be no name is unknown, like any other. */
    static FunctionName named(String name) {
        String plain = FunctionJson.withoutNamespace(name);
        if (!FunctionName.isValid(plain)) {
            throw unknown(name);
        }
        return new FunctionName(plain);
    }

    static RequestRefused unknown(String name) {
        String shown = name.length() <= 100 ? name : name.substring(0, 100) + "...";
        return RequestRefused.notFound("Not Found: there is no function " + JsonText.quoted(shown));
    }
}
