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
    private final Pacer pacer;

    CallGate(Access access, Pacer pacer) {
        this.access = access;
        this.pacer = pacer;
    }

    @Override
    public boolean letsPass(HttpServerExchange exchange) {
        Optional<Tokens.Holder> holder = holder(exchange);
        if (holder.isPresent() || !access.asksCallers()) {
            return pacer.letsPass(exchange, holder);
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

    private Optional<Tokens.Holder> holder(HttpServerExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst(TOKEN);
        exchange.getRequestHeaders().remove(TOKEN);
        Optional<Tokens.Holder> shown = access.holderOfToken(token);
        if (shown.isPresent()) {
            return shown;
        }
        Optional<Tokens.Holder> holder =
                access.holderOf(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        if (holder.isPresent()) {
            exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
        }
        return holder;
    }
}
