package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Sees to it that a proxy in front and this node agree where a request ends. Undertow takes lengths above 64 bits modulo
 * 2^64, and bodies in codings that it does not know for none: both are refused here. It also reads sizes of chunks that
 * are none, such as {@code 0_0}, and sizes that end with a bare line feed, and offers no place to refuse these; so a
 * connection ends after a request in chunks, and what is hidden behind it is never read as a request.
 */
final class FramingGuard implements HttpHandler {
    private static final int WRONG_INPUT = 4;
    private static final int MAX_DIGITS = 18;

    private final HttpHandler next;

    FramingGuard(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderValues coding = exchange.getRequestHeaders().get(Headers.TRANSFER_ENCODING);
        HeaderValues length = exchange.getRequestHeaders().get(Headers.CONTENT_LENGTH);
        if (coding != null) {
            exchange.setPersistent(false);
        }
        if (coding != null && !(coding.size() == 1 && coding.get(0).equalsIgnoreCase("chunked"))) {
            refuse(exchange, StatusCodes.NOT_IMPLEMENTED, "Transfer-Encoding can only be chunked");
        } else if (length != null && !(length.size() == 1 && isLength(length.get(0)))) {
            refuse(exchange, StatusCodes.BAD_REQUEST, "Content-Length is not a number of bytes");
        } else {
            next.handleRequest(exchange);
        }
    }

    private static boolean isLength(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS;
    }

    /** Nothing more is read: nobody knows where this request ends. */
    private static void refuse(HttpServerExchange exchange, int status, String message) {
        exchange.setPersistent(false);
        Replies.error(exchange, status, WRONG_INPUT, message);
    }
}
