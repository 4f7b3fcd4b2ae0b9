package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.CallerLimits;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Lets each caller call as fast as it may: the holder of a token, or an address. Any thread. */
final class Pacer {
    private static final int CANNOT_SCHEDULE = 400;
    /** What one customer of a network gets: who has a prefix has all of its addresses. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private final CallerLimits limits;
    private final LongSupplier clock;

    Pacer(CallerLimit limit, LongSupplier clock) {
        this.limits = new CallerLimits(limit);
        this.clock = clock;
    }

    /** False if the caller is too fast and has been told. */
    boolean letsPass(HttpServerExchange exchange, Optional<Tokens.Holder> holder) {
        String caller = holder.map(known -> "token " + known.name())
                .orElseGet(
                        () -> "address " + network(exchange.getSourceAddress().getAddress()));
        CallerLimits.Admission admission = limits.came(caller, clock.getAsLong());
        CallerLimits.Limit exceeded = admission.exceeded();
        if (exceeded == null) {
            admission.ended().run();
            return true;
        }
        int wait = admission.retryAfterSeconds();
        exchange.getResponseHeaders().put(Replies.RETRY_AFTER, wait);
        EarlyAnswer.error(
                exchange,
                null,
                StatusCodes.TOO_MANY_REQUESTS,
                CANNOT_SCHEDULE,
                "Job cannot be scheduled: " + exceeded.sentence() + ", try again in " + wait + " s");
        return false;
    }

    static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES))
                : address.getHostAddress();
    }
}
