package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * A document over HTTP: GET reads it, POST changes what it names. A change that was made is answered with 200 and an
 * empty body, as P2PFaaS does. Changes are made on a task thread, since they wait for the disk.
 */
final class DocumentPage implements HttpHandler {
    private static final int WRONG_INPUT = 4;

    private final Document document;
    private final BodyReader bodies;

    DocumentPage(Document document, Duration readTimeout) {
        this.document = document;
        this.bodies = new BodyReader(Document.MAX_BYTES, readTimeout.toMillis());
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            Replies.json(exchange, StatusCodes.OK, document.text());
        } else if (exchange.getRequestContentLength() > Document.MAX_BYTES) {
            tooLarge(exchange, null);
        } else if (exchange.getRequestContentLength() == 0 || exchange.isRequestComplete()) {
            change(exchange, ByteBuffer.allocate(0));
        } else {
            bodies.read(
                    exchange,
                    body -> change(exchange, body),
                    rest -> tooLarge(exchange, rest),
                    rest -> EarlyAnswer.error(
                            exchange,
                            rest,
                            StatusCodes.REQUEST_TIME_OUT,
                            WRONG_INPUT,
                            "The document did not arrive in time"));
        }
    }

    private static void tooLarge(HttpServerExchange exchange, @Nullable StreamSourceChannel rest) {
        EarlyAnswer.error(
                exchange,
                rest,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                WRONG_INPUT,
                "The document is larger than " + Document.MAX_BYTES + " bytes");
    }

    private void change(HttpServerExchange exchange, ByteBuffer json) {
        exchange.dispatch(task -> {
            Optional<Document.Refusal> refusal = document.change(
                    json, "HTTP " + task.getSourceAddress().getAddress().getHostAddress());
            if (refusal.isPresent()) {
                Document.Refusal why = refusal.get();
                Replies.error(task, why.status(), why.code(), why.message());
            } else {
                task.endExchange();
            }
        });
    }
}
