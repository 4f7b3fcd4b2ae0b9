package io.p2pfaas.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.node.function.FunctionJson;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

/** The one namespace, for clients that ask for namespaces. */
final class Namespaces {
    private static final String ALL = "[\"" + FunctionJson.NAMESPACE + "\"]";
    private static final String THE_ONE =
            "{\"name\":\"" + FunctionJson.NAMESPACE + "\",\"annotations\":{},\"labels\":{\"openfaas\":\"1\"}}";
    private static final String BELOW = "/system/namespace/";
    private static final int GENERIC = 1;
    private static final int NOT_FOUND = 3;

    private Namespaces() {}

    static void addTo(Site site) {
        site.get("/system/namespaces", exchange -> Replies.json(exchange, StatusCodes.OK, ALL))
                .below(Methods.GET, BELOW, Namespaces::one)
                .below(Methods.POST, BELOW, (exchange, name) -> refuseChange(exchange))
                .below(Methods.PUT, BELOW, (exchange, name) -> refuseChange(exchange))
                .below(Methods.DELETE, BELOW, (exchange, name) -> refuseChange(exchange))
                .post(BELOW, Namespaces::refuseChange)
                .post("/system/namespaces", Namespaces::refuseChange);
    }

    private static void one(HttpServerExchange exchange, String name) {
        if (name.equals(FunctionJson.NAMESPACE)) {
            Replies.json(exchange, StatusCodes.OK, THE_ONE);
        } else {
            Replies.error(
                    exchange,
                    StatusCodes.NOT_FOUND,
                    NOT_FOUND,
                    "Not Found: there is one namespace, " + FunctionJson.NAMESPACE);
        }
    }

    private static void refuseChange(HttpServerExchange exchange) {
        EarlyAnswer.error(
                exchange,
                null,
                StatusCodes.NOT_IMPLEMENTED,
                GENERIC,
                "Namespaces cannot be changed: there is one, " + FunctionJson.NAMESPACE);
    }

    /** Refuses a request that means another namespace. */
    static void require(QueryText query) {
        query.get("namespace").ifPresent(Namespaces::require);
    }

    static void require(ObjectNode body) {
        require(FunctionJson.text(body, "namespace", ""));
    }

    private static void require(String namespace) {
        if (!namespace.isEmpty() && !namespace.equals(FunctionJson.NAMESPACE)) {
            throw RequestRefused.notOffered("There is one namespace, " + FunctionJson.NAMESPACE);
        }
    }
}
