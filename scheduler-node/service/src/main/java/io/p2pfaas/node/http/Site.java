package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is served on which path of one listener, and with which methods. Filled before it is served. */
public final class Site {
    /** A page whose path ends with a name. */
    @FunctionalInterface
    interface NamedPage {
        /**
         * Answers.
         *
         * @param name the last part of the path, not empty, as the client wrote it
         */
        void handleRequest(HttpServerExchange exchange, String name) throws Exception;
    }

    /** Decides who may see pages. */
    @FunctionalInterface
    interface Gate {
        /** False if it has answered the request itself. */
        boolean letsPass(HttpServerExchange exchange);
    }

    private record Gated(String prefix, Gate gate) {}

    private final Map<String, Map<HttpString, HttpHandler>> pages = new LinkedHashMap<>();
    private final Map<String, Map<HttpString, NamedPage>> named = new LinkedHashMap<>();
    private final List<Gated> gates = new ArrayList<>();

    Site() {}

    /** A page that is read. */
    Site get(String path, HttpHandler handler) {
        return on(Methods.GET, path, handler);
    }

    /** A page that is posted to. */
    Site post(String path, HttpHandler handler) {
        return on(Methods.POST, path, handler);
    }

    /** A page that is read and posted to. */
    Site getAndPost(String path, HttpHandler handler) {
        return get(path, handler).post(path, handler);
    }

    /** A page of one method; the others of its path stay. */
    Site on(HttpString method, String path, HttpHandler handler) {
        pages.computeIfAbsent(path, any -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    /** Pages of one method for all names directly below {@code prefix}, which ends with a slash. */
    Site below(HttpString method, String prefix, NamedPage page) {
        named.computeIfAbsent(prefix, any -> new LinkedHashMap<>()).put(method, page);
        return this;
    }

    /** Asks {@code gate} before anything is served whose path begins with {@code prefix}. */
    Site behind(String prefix, Gate gate) {
        gates.add(new Gated(prefix, gate));
        return this;
    }

    /** The methods of each path; one that ends with a name ends with {@code {name}} here. */
    Map<String, Set<HttpString>> operations() {
        Map<String, Set<HttpString>> all = new TreeMap<>();
        pages.forEach((path, methods) -> all.put(path, methods.keySet()));
        named.forEach((prefix, methods) -> all.put(prefix + "{name}", methods.keySet()));
        return all;
    }

    /** Answers with the page of the path, 404 or 405. */
    void answer(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRequestPath();
        for (Gated gated : gates) {
            if (path.startsWith(gated.prefix()) && !gated.gate().letsPass(exchange)) {
                return;
            }
        }
        Map<HttpString, HttpHandler> exact = pages.get(path);
        if (exact != null) {
            HttpHandler handler = forMethod(exchange, exact);
            if (handler != null) {
                handler.handleRequest(exchange);
            }
            return;
        }
        int name = path.lastIndexOf('/') + 1;
        Map<HttpString, NamedPage> any = name < path.length() ? named.get(path.substring(0, name)) : null;
        if (any == null) {
            Replies.text(exchange, StatusCodes.NOT_FOUND, "404 page not found\n");
            return;
        }
        NamedPage page = forMethod(exchange, any);
        if (page != null) {
            page.handleRequest(exchange, path.substring(name));
        }
    }

    /** Null if the method is none of them, and the client has been told. */
    private static <T> @Nullable T forMethod(HttpServerExchange exchange, Map<HttpString, T> methods) {
        T found = methods.get(exchange.getRequestMethod());
        if (found == null) {
            exchange.getResponseHeaders()
                    .put(
                            Headers.ALLOW,
                            methods.keySet().stream().map(HttpString::toString).collect(Collectors.joining(", ")));
            Replies.text(exchange, StatusCodes.METHOD_NOT_ALLOWED, "");
        }
        return found;
    }
}
