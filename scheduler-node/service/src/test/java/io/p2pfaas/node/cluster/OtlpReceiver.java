package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes traces by OTLP over HTTP, as a collector would, and keeps the spans. */
final class OtlpReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();

    /**
     * A span that came.
     *
     * @param node who sent it
     */
    record Received(String node, JsonNode span) {
        String id() {
            return span.path("spanId").asText();
        }

        String parent() {
            return span.path("parentSpanId").asText();
        }

        String name() {
            return span.path("name").asText();
        }

        String traceId() {
            return span.path("traceId").asText();
        }

        int kind() {
            return span.path("kind").asInt();
        }

        long start() {
            return Long.parseLong(span.path("startTimeUnixNano").asText());
        }

        long end() {
            return Long.parseLong(span.path("endTimeUnixNano").asText());
        }

        boolean failed() {
            return span.path("status").path("code").asInt() == 2;
        }

        String attribute(String key) {
            for (JsonNode attribute : span.path("attributes")) {
                if (attribute.path("key").asText().equals(key)) {
                    JsonNode value = attribute.path("value");
                    return value.path("stringValue")
                            .asText(value.path("intValue").asText());
                }
            }
            return "";
        }
    }

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpReceiver receiver = new OtlpReceiver(server);
        server.createContext("/v1/traces", receiver::take);
        server.start();
        return receiver;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean isOurs = exchange.getRequestMethod().equals("POST")
                && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Key")));
        for (JsonNode resource : request.path("resourceSpans")) {
            String node = "";
            for (JsonNode attribute : resource.path("resource").path("attributes")) {
                if (attribute.path("key").asText().equals("service.instance.id")) {
                    node = attribute.path("value").path("stringValue").asText();
                }
            }
            for (JsonNode scope : resource.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    spans.add(new Received(node, span));
                }
            }
        }
        byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isOurs ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Waits for so many spans of a trace; there must not be more. */
    List<Received> await(String traceId, int count) {
        Await.until(
                () -> count + " spans of " + traceId + ", there are " + of(traceId),
                () -> of(traceId).size() >= count);
        assertThat(of(traceId)).hasSize(count);
        return of(traceId);
    }

    List<Received> of(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** What the field X-Key said, of each request. */
    List<String> keys() {
        return new ArrayList<>(keys);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
