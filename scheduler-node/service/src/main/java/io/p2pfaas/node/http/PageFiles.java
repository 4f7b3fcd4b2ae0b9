package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** The files of {@code /ui}, from the class path, read once. */
final class PageFiles {
    static final HttpString POLICY = new HttpString("Content-Security-Policy");
    /** Nothing but what this node serves, nothing inside the page itself, and the page inside no other. */
    static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A browser that opens such an answer as a page runs nothing of it, and takes it for a stranger's. */
    static final String FOREIGN = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private static final String FOLDER = "/io/p2pfaas/node/ui/";
    private static final String MANIFEST = "files.txt";
    private static final HttpString SNIFFING = new HttpString("X-Content-Type-Options");
    private static final HttpString REFERRER = new HttpString("Referrer-Policy");

    private PageFiles() {}

    /** All files but the page itself, by name. */
    static Map<String, HttpHandler> read() {
        Map<String, HttpHandler> files = new LinkedHashMap<>();
        for (String name : lines(MANIFEST)) {
            if (!name.isBlank() && !name.endsWith(".html")) {
                files.put(name, file(name));
            }
        }
        return files;
    }

    /** A text of the folder. */
    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Fields that every answer below {@code /ui} has, those that say no too. */
    static void guard(HttpServerExchange exchange) {
        guard(exchange, STRICT);
    }

    /** The same for what is not the node's own, which is given to nobody as part of the page. */
    static void guardForeign(HttpServerExchange exchange) {
        guard(exchange, FOREIGN);
    }

    private static void guard(HttpServerExchange exchange, String policy) {
        exchange.getResponseHeaders()
                .put(POLICY, policy)
                .put(SNIFFING, "nosniff")
                .put(REFERRER, "no-referrer");
    }

    private static HttpHandler file(String name) {
        byte[] content = bytes(name);
        CRC32 sum = new CRC32();
        sum.update(content);
        ETag tag = new ETag(false, Long.toHexString(sum.getValue()));
        String type = type(name);
        return exchange -> {
            exchange.getResponseHeaders()
                    .put(Headers.CONTENT_TYPE, type)
                    .put(Headers.CACHE_CONTROL, "no-cache")
                    .put(Headers.ETAG, tag.toString());
            if (!ETagUtils.handleIfNoneMatch(exchange, tag, true)) {
                exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
                exchange.endExchange();
                return;
            }
            exchange.getResponseSender().send(ByteBuffer.wrap(content));
        };
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "txt" -> "text/plain; charset=utf-8";
            default -> throw new IllegalStateException("a file of the page has an unknown type: " + name);
        };
    }

    private static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar has no " + FOLDER + name);
            }
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
