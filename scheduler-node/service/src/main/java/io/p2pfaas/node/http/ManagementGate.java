package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets those in who may manage the node: with a password or token, or without one from this machine only. Browsers that another
 * site sends here are kept out of changes either way, since they bring the password, or are on this machine.
 */
final class ManagementGate implements Site.Gate {
    private static final int GENERIC = 1;
    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final HttpString FORWARDED = new HttpString("Forwarded");
    private static final HttpString REAL_IP = new HttpString("X-Real-IP");
    private static final Pattern LITERAL_HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[0-9.]+)");

    private final Access access;
    private final Doorkeeper door;

    ManagementGate(Access access) {
        this.access = access;
        this.door = new Doorkeeper(access);
    }

    /** The same for changes; what is only read is open to all. */
    static Site.Gate forChanges(ManagementGate gate) {
        return exchange -> isRead(exchange) || gate.letsPass(exchange);
    }

    /** The same for pages that change something though they are read: P2PFaaS's contract. */
    Site.Gate forReadsThatChange() {
        return exchange -> letsPass(exchange, true);
    }

    @Override
    public boolean letsPass(HttpServerExchange exchange) {
        return letsPass(exchange, !isRead(exchange));
    }

    private boolean letsPass(HttpServerExchange exchange, boolean changes) {
        boolean isAsked = access.hasAdmins();
        Access.Visit visit = door.look(exchange, isAsked);
        if (Doorkeeper.turnsAway(exchange, visit)) {
            return false;
        }
        if (visit.holder().filter(holder -> !holder.role().covers(Role.ADMIN)).isPresent()) {
            // On this machine too: who says to be a caller is one.
            refuse(
                    exchange,
                    StatusCodes.FORBIDDEN,
                    "Forbidden: the token is one for callers, and an administrator's is needed");
            return false;
        }
        if (isAsked && visit.holder().isEmpty()) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"p2pfaas\", charset=\"UTF-8\"");
            refuse(
                    exchange,
                    StatusCodes.UNAUTHORIZED,
                    "Unauthorized: user and password, or an administrator's token, are needed");
            return false;
        }
        if (!isAsked && !isFromThisMachine(exchange)) {
            refuse(
                    exchange,
                    StatusCodes.FORBIDDEN,
                    "Forbidden: without the setting http.tokens-file, or http.admin-user and http.admin-password-file,"
                            + " this is only for clients on the node's own machine that ask for its address or localhost");
            return false;
        }
        if (changes && isFromAnotherSite(exchange)) {
            refuse(exchange, StatusCodes.FORBIDDEN, "Forbidden: another web site may not change this node");
            return false;
        }
        return true;
    }

    private static void refuse(HttpServerExchange exchange, int status, String message) {
        EarlyAnswer.error(exchange, null, status, GENERIC, message);
    }

    private static boolean isRead(HttpServerExchange exchange) {
        return exchange.getRequestMethod().equals(Methods.GET)
                || exchange.getRequestMethod().equals(Methods.HEAD);
    }

    /**
     * A proxy on this machine speaks for others. And a name that somebody else's name server lets point to this machine
     * is how a browser on it is made to ask (DNS rebinding), so the host must be an address or localhost.
     */
    private static boolean isFromThisMachine(HttpServerExchange exchange) {
        InetAddress client = exchange.getSourceAddress().getAddress();
        InetAddress asked = exchange.getDestinationAddress().getAddress();
        return client != null
                && (client.isLoopbackAddress() || client.equals(asked))
                && !exchange.getRequestHeaders().contains(Headers.X_FORWARDED_FOR)
                && !exchange.getRequestHeaders().contains(FORWARDED)
                && !exchange.getRequestHeaders().contains(REAL_IP)
                && !exchange.getRequestHeaders().contains(Headers.VIA)
                && isOwnHost(exchange.getRequestHeaders().getFirst(Headers.HOST));
    }

    static boolean isOwnHost(@Nullable String hostAndPort) {
        if (hostAndPort == null) {
            return true;
        }
        String host = hostAndPort.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return host.equals("localhost") || LITERAL_HOST.matcher(host).matches();
    }

    /** Whether a browser was sent here by a page that is not this node's. */
    static boolean isFromAnotherSite(HttpServerExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        String site = exchange.getRequestHeaders().getFirst(FETCH_SITE);
        return !isSameSite(origin, exchange.getRequestHeaders().getFirst(Headers.HOST))
                || "cross-site".equals(site)
                || "same-site".equals(site);
    }

    static boolean isSameSite(@Nullable String origin, @Nullable String host) {
        return origin == null
                || (host != null
                        && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host)));
    }
}
