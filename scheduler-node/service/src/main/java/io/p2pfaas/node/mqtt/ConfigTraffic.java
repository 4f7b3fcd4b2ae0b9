package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes for all nodes at once: one retained message per document. What comes again because this node reconnected is
 * not applied again, since it would undo what was changed here since. Changes wait for the disk, so they are made by
 * another thread, in the order in which they came.
 */
final class ConfigTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigTraffic.class);
    private static final int ANSWER_SECONDS = 30;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;
    private static final int WRONG_INPUT = 4;
    private static final int GENERIC = 1;

    private final NodeId self;
    private final Map<String, Document> documents;
    private final ReplyTopics replyTopics;
    private final AnswerOutbox outbox;
    private final LinkCounters counters;
    private final Executor changes;
    /** The last message of each document; touched by the one thread that receives. */
    private final Map<String, ByteBuffer> lastSeen = new HashMap<>();

    /**
     * @param documents by the last level of their topic
     * @param changes runs one change after the other, and may refuse one more
     */
    ConfigTraffic(
            NodeId self,
            Map<String, Document> documents,
            ReplyTopics replyTopics,
            AnswerOutbox outbox,
            LinkCounters counters,
            Executor changes) {
        this.self = self;
        this.documents = Map.copyOf(documents);
        this.replyTopics = replyTopics;
        this.outbox = outbox;
        this.counters = counters;
        this.changes = changes;
    }

    /** A message on a document's topic. */
    void config(String what, WireMessage message) {
        Document document = documents.get(what);
        if (document == null) {
            counters.malformed("there is no document " + what);
            return;
        }
        ByteBuffer payload = message.payload();
        if (!payload.hasRemaining()) {
            // The retained message was deleted: what is in force stays, and the same message would be news again.
            lastSeen.remove(what);
            return;
        }
        boolean isKnown = trace(payload).equals(lastSeen.put(what, trace(payload)));
        if (isKnown && message.retained()) {
            counters.repeated.increment();
            return;
        }
        String replyTo = message.responseTopic();
        if (replyTo != null && !replyTopics.isAllowed(replyTo)) {
            counters.unanswerable("response topic " + replyTo + " is not allowed");
            return;
        }
        try {
            changes.execute(() -> settle(message, isKnown, change(document, message)));
        } catch (RejectedExecutionException full) {
            lastSeen.remove(what);
            settle(
                    message,
                    false,
                    Optional.of(new Document.Refusal(UNAVAILABLE, GENERIC, "too many changes are waiting")));
        }
    }

    /** What a message is known again by; too large ones are refused anyway, so their size will do. */
    private static ByteBuffer trace(ByteBuffer payload) {
        return payload.remaining() <= Document.MAX_BYTES
                ? payload
                : ByteBuffer.allocate(Integer.BYTES).putInt(0, payload.remaining());
    }

    private static Optional<Document.Refusal> change(Document document, WireMessage message) {
        if (message.payload().remaining() > Document.MAX_BYTES) {
            String why = "The document is larger than " + Document.MAX_BYTES + " bytes";
            return Optional.of(new Document.Refusal(TOO_LARGE, WRONG_INPUT, why));
        }
        return document.change(message.payload(), "MQTT " + message.topic());
    }

    private void settle(WireMessage message, boolean wasLogged, Optional<Document.Refusal> refusal) {
        if (refusal.isPresent()) {
            counters.configRefused.increment();
            if (!wasLogged) {
                LOG.warn(
                        "{} changes nothing: {}", message.topic(), refusal.get().message());
            }
        }
        String replyTo = message.responseTopic();
        if (replyTo != null) {
            outbox.send(answer(replyTo, message, refusal));
        }
    }

    private WireMessage answer(String replyTo, WireMessage message, Optional<Document.Refusal> refusal) {
        String end = refusal.map(
                        why -> "false,\"code\":" + why.code() + ",\"message\":" + JsonText.quoted(why.message()) + "}")
                .orElse("true}");
        String json = "{\"node\":\"" + self + "\",\"applied\":" + end;
        return new WireMessage(
                replyTo,
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer(),
                message.atLeastOnce(),
                false,
                null,
                message.correlation(),
                "application/json",
                ANSWER_SECONDS,
                Headers.EMPTY);
    }
}
