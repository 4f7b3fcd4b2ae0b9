package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/**
 * Lets those in who may call functions: everybody, or holders of a token. A token that opened the door stays here, and
 * so does an administrator's password that is nearly right: neither functions nor peers get to see it.
 */
final class CallGate implements Site.Gate {
    /** For callers whose {@code Authorization} is meant for the function. */
    static final HttpString TOKEN = new HttpString("X-P2pfaas-Token");

    private final Access access;
    private final Pacer pacer;
    private final Doorkeeper door;

    CallGate(Access access, Pacer pacer) {
        this.access = access;
        this.pacer = pacer;
        this.door = new Doorkeeper(access);
    }

    @Override
    public boolean letsPass(HttpServerExchange exchange) {
        boolean isAsked = access.asksCallers();
        Access.Visit visit = door.look(exchange, isAsked);
        boolean cameByToken = access.isValid(exchange.getRequestHeaders().getFirst(TOKEN));
        exchange.getRequestHeaders().remove(TOKEN);
        boolean isOfNode = visit.holder().isPresent() || visit.isWrong();
        if (isOfNode && !cameByToken) {
            exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
        }
        if (Doorkeeper.turnsAway(exchange, visit)) {
            return false;
        }
        if (visit.holder().isPresent() || !isAsked) {
            return pacer.letsPass(exchange, visit.holder());
        }
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer realm=\"p2pfaas\"");
        EarlyAnswer.error(
                exchange,
                null,
                StatusCodes.UNAUTHORIZED,
                1,
                "Unauthorized: calls need a token, in Authorization: Bearer or in X-P2pfaas-Token");
        return false;
    }
}
