package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A document over HTTP: GET reads it, POST changes what it names. A change that was made is answered with 200 and an
 * empty body, as P2PFaaS does. Changes are made on a task thread, since they wait for the disk.
 */
final class DocumentPage implements HttpHandler {
    private final Document document;
    private final SentDocument sent;

    DocumentPage(Document document, Duration readTimeout) {
        this.document = document;
        this.sent = new SentDocument(Document.MAX_BYTES, readTimeout);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            Replies.json(exchange, StatusCodes.OK, document.text());
        } else {
            sent.read(exchange, this::change);
        }
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
