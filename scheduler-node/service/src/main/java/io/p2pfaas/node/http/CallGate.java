package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Tokens;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.Optional;

/**
 * Lets those in who may call functions: everybody, or holders of a token. A token that opened the door stays here:
 * neither functions nor peers get to see it.
 */
final class CallGate implements Site.Gate {
    /** For callers whose {@code Authorization} is meant for the function. */
    static final HttpString TOKEN = new HttpString("X-P2pfaas-Token");

    private final Access access;

    CallGate(Access access) {
        this.access = access;
    }

    @Override
    public boolean letsPass(HttpServerExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst(TOKEN);
        exchange.getRequestHeaders().remove(TOKEN);
        if (!access.asksCallers() || access.holderOfToken(token).isPresent()) {
            return true;
        }
        Optional<Tokens.Holder> holder =
                access.holderOf(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        if (holder.isPresent()) {
            exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
            return true;
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
