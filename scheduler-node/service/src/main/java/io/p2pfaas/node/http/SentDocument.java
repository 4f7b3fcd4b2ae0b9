package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/** Reads what is sent to a page, whole and bounded, on the I/O thread. */
final class SentDocument {
    private static final int WRONG_INPUT = 4;

    private final int maxBytes;
    private final BodyReader bodies;

    /** @param readTimeout it must be here after it */
    SentDocument(int maxBytes, Duration readTimeout) {
        this.maxBytes = maxBytes;
        this.bodies = new BodyReader(maxBytes, readTimeout.toMillis());
    }

    /** A page that hands over what was sent. */
    HttpHandler to(BiConsumer<HttpServerExchange, ByteBuffer> taker) {
        return exchange -> read(exchange, taker);
    }

    void read(HttpServerExchange exchange, BiConsumer<HttpServerExchange, ByteBuffer> taker) {
        if (exchange.getRequestContentLength() > maxBytes) {
            tooLarge(exchange, null);
        } else if (exchange.getRequestContentLength() == 0 || exchange.isRequestComplete()) {
            taker.accept(exchange, ByteBuffer.allocate(0));
        } else {
            bodies.read(
                    exchange,
                    body -> taker.accept(exchange, body),
                    rest -> tooLarge(exchange, rest),
                    rest -> EarlyAnswer.error(
                            exchange,
                            rest,
                            StatusCodes.REQUEST_TIME_OUT,
                            WRONG_INPUT,
                            "The document did not arrive in time"));
        }
    }

    private void tooLarge(HttpServerExchange exchange, @Nullable StreamSourceChannel rest) {
        EarlyAnswer.error(
                exchange,
                rest,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                WRONG_INPUT,
                "The document is larger than " + maxBytes + " bytes");
    }
}
