package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/** Looks at what clients show, and turns away those who guess. */
final class Doorkeeper {
    private static final int GENERIC = 1;

    private final Access access;

    Doorkeeper(Access access) {
        this.access = access;
    }

    /** @param isAsked whether something has to be shown */
    Access.Visit look(HttpServerExchange exchange, boolean isAsked) {
        if (access.isOpen()) {
            // Every call comes by here: where nobody is known it costs none anything.
            return Access.Visit.NOTHING_SHOWN;
        }
        return access.visit(
                exchange.getRequestHeaders().getFirst(CallGate.TOKEN),
                exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION),
                isAsked,
                Pacer.network(exchange.getSourceAddress().getAddress()),
                System.nanoTime());
    }

    /** True if the client guessed too often, and has been told. */
    static boolean turnsAway(HttpServerExchange exchange, Access.Visit visit) {
        int wait = visit.waitSeconds();
        if (wait == 0) {
            return false;
        }
        exchange.getResponseHeaders().put(Replies.RETRY_AFTER, wait);
        EarlyAnswer.error(
                exchange,
                null,
                StatusCodes.TOO_MANY_REQUESTS,
                GENERIC,
                "Unauthorized: too many wrong passwords or tokens from this address, try again in " + wait + " s");
        return true;
    }
}
