package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a node is asked and told in JSON. */
final class NodeApi {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    private static final int FIRST_FAILURE = 300;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TYPE = List.of("Content-Type: application/json");

    private final NodeClient client;

    NodeApi(NodeClient client) {
        this.client = client;
    }

    /**
     * Reads a document.
     *
     * @throws NodeRefused with what the node says
     */
    JsonNode read(String path) throws IOException {
        String text = text("GET", path, List.of(), null);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IOException("GET " + path + " is answered with what is not JSON; is this a node?", broken);
        }
    }

    /** The whole cluster as the node sees it. */
    JsonNode board() throws IOException {
        return read("/ui/board");
    }

    /** Posts a document, or sends it with another method; answers what the node says, mostly nothing. */
    String send(String method, String path, JsonNode document) throws IOException {
        return text(method, path, TYPE, document.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String text(
            String method, String path, List<String> headers, byte @org.jspecify.annotations.Nullable [] body)
            throws IOException {
        NodeClient.Answer answer = client.send(method, path, headers, body);
        String text = answer.text();
        if (answer.status() >= FIRST_FAILURE) {
            throw new NodeRefused(
                    answer.status(), method + " " + path + " is answered " + refusal(answer.status(), text));
        }
        return text;
    }

    /** What an answer says that is a refusal. */
    static String refusal(int status, String body) {
        String message = body.strip();
        try {
            JsonNode told = JSON.readTree(body).path("message");
            message = told.isTextual() ? told.asText() : message;
        } catch (JsonProcessingException ignored) {
            // Then the body is the message.
        }
        String hint = status == UNAUTHORIZED || status == FORBIDDEN
                ? " (who manages the node shows a token, or USER:PASSWORD, with --token-file or P2PFAAS_TOKEN)"
                : "";
        return status + (message.isEmpty() ? "" : ": " + message) + hint;
    }
}
