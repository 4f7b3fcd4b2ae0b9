package io.p2pfaas.load.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.p2pfaas.load.record.Executor;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a P2PFaaS node tells in the headers and error bodies of its answers. Bytes of any kind are harmless. */
final class NodeAnswer {
    static final String EXTERNALLY_EXECUTED = "X-P2pfaas-Externally-Executed";
    static final String PEERS_LIST_ID = "X-P2pfaas-Peers-List-Id";

    /** An own word of the lab for a rejection in a sentence that it does not know. */
    private static final String OTHER = "other";

    /** Sentences of nodes over HTTP, and the words that stand for them in metrics and MQTT answers. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("Job cannot be scheduled: no slot is free", "no_slot"),
            Map.entry("Job cannot be scheduled: the queue is full", "queue_full"),
            Map.entry("Job cannot be scheduled: no node has room", "no_taker"),
            Map.entry("Job cannot be scheduled: the node has too many calls in flight", "too_many_calls"),
            Map.entry("Job cannot be scheduled: the call was handed on too often", "too_many_hops"),
            Map.entry("Job cannot be scheduled: the broker cannot be reached", "link_down"),
            Map.entry("Job cannot be scheduled: the node is leaving", "draining"),
            Map.entry("Job has been deliberately rejected", "deliberate"),
            Map.entry("Not Found: no node has the function", "unknown_function"),
            Map.entry("Job cannot be scheduled: the job was given to the node before", "repeated"),
            Map.entry(
                    "The body is larger than the broker's maximum packet size, and this node cannot run the job",
                    "body_too_large"));

    private static final JsonFactory JSON = new JsonFactory();

    private NodeAnswer() {}

    /**
     * Who executed the call.
     *
     * @param externallyExecuted value of that header, null when absent
     * @param peersListId ids of the nodes on the way, a JSON array, origin first and executor last; null when absent
     */
    static Executor executor(@Nullable String externallyExecuted, @Nullable String peersListId) {
        if (!"True".equalsIgnoreCase(externallyExecuted)) {
            return Executor.LOCAL;
        }
        String last = peersListId == null ? "" : lastText(peersListId);
        return last.isEmpty() ? Executor.REMOTE : new Executor(last);
    }

    private static String lastText(String jsonArray) {
        String last = "";
        try (JsonParser parser = JSON.createParser(jsonArray)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return "";
            }
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                last = parser.getText();
            }
            return parser.currentToken() == JsonToken.END_ARRAY ? last : "";
        } catch (IOException ignored) {
            // Not JSON: the node said that it was not itself, and not who.
            return "";
        }
    }

    /** The word for the sentence in the field {@code message} of an error body; {@code other} for any it does not know. */
    static String reason(byte[] body, int length) {
        try (JsonParser parser = JSON.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OTHER;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isMessage = "message".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && isMessage) {
                    return REASONS.getOrDefault(parser.getText(), OTHER);
                }
                parser.skipChildren();
            }
        } catch (IOException ignored) {
            // An error body of somebody else.
        }
        return OTHER;
    }

    /** The number in the field {@code code} of a JSON object, which may be cut off behind it. */
    static OptionalInt errorCode(byte[] body, int length) {
        try (JsonParser parser = JSON.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OptionalInt.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isCode = "code".equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (isCode) {
                    return value == JsonToken.VALUE_NUMBER_INT
                            ? OptionalInt.of(parser.getIntValue())
                            : OptionalInt.empty();
                }
                parser.skipChildren();
            }
        } catch (IOException ignored) {
            // An error body of somebody else, a page for people for instance: no code.
        }
        return OptionalInt.empty();
    }
}
