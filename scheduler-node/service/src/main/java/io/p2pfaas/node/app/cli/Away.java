package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Marks a board whose node does not answer any more. */
final class Away {
    private static final String FIELD = "notAnswering";

    private Away() {}

    static JsonNode mark(JsonNode board, String why) {
        ObjectNode marked = board.deepCopy();
        return marked.put(FIELD, why);
    }

    /** Why it is old; empty if it is not. */
    static String of(JsonNode board) {
        return board.path(FIELD).asText();
    }
}
