package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a node is asked and told in JSON. */
final class NodeApi {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    private static final int FIRST_FAILURE = 300;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
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

    /**
     * The same as soon as all others have reported, which they begin to do when somebody looks; or after {@link
     * TopCommand#FIRST_REPORTS_NANOS}, with what there is.
     */
    JsonNode wholeBoard() throws IOException {
        long end = System.nanoTime() + TopCommand.FIRST_REPORTS_NANOS;
        JsonNode board = board();
        while (!isWhole(board) && System.nanoTime() - end < 0) {
            Asking.pause(POLL_NANOS);
            board = board();
        }
        return board;
    }

    /** Whether there is nobody, or nothing that is not old, to wait for. Without a link nobody can be heard. */
    static boolean isWhole(JsonNode board) {
        if (!board.path("link").path("up").asBoolean()) {
            return true;
        }
        long stale = board.path("staleMillis").asLong();
        for (JsonNode node : board.path("nodes")) {
            String state = node.path("state").asText();
            long age = node.path("report").path("ageMillis").asLong(Long.MAX_VALUE);
            if (!node.path("self").asBoolean() && !state.equals("lost") && (state.equals("silent") || age > stale)) {
                return false;
            }
        }
        return true;
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
