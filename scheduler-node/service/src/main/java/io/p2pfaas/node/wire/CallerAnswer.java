package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an MQTT client: what it says, and as which message it is said to whoever waits for it.
 *
 * @param failure what is said in one sentence; null if the function answered
 */
public record CallerAnswer(
        int status,
        int code,
        @Nullable String failure,
        ByteBuffer body,
        @Nullable String contentType,
        Headers properties) {
    private static final int FIRST_FAILURE = 400;
    private static final int GENERIC = 1;
    private static final int MAX_QUOTED_BYTES = 500;
    private static final String JSON = "application/json";

    /**
     * How a call ended.
     *
     * @param report adds fields about how the call went
     */
    public static CallerAnswer of(End end, Consumer<BiConsumer<String, String>> report) {
        Outcome outcome = end.payload() instanceof Outcome.Remote remote
                ? remote.outcome()
                : end.payload() instanceof Outcome local ? local : null;
        if (end.reason() == null && outcome instanceof Outcome.Answered answered) {
            return of(answered.response(), report);
        }
        Reason reason = end.reason() == null ? Reason.FUNCTION_BROKEN : end.reason();
        Verdict verdict = end.reason() == null ? Verdict.of(reason) : Verdict.of(end);
        return failure(
                verdict.status(),
                verdict.code(),
                reason.label(),
                verdict.message(),
                verdict.retryAfterSeconds(),
                report);
    }

    private static CallerAnswer of(Response response, Consumer<BiConsumer<String, String>> report) {
        Headers.Builder properties = new Headers.Builder();
        properties.add("status", Integer.toString(response.status()));
        boolean isEvent = CloudEvents.isEventOverHttp(response.headers());
        response.headers().forEach((name, value) -> {
            String attribute = isEvent ? CloudEvents.attributeOf(name) : null;
            if (attribute != null) {
                properties.add(attribute, CloudEvents.valueOf(value));
            } else if (!name.equalsIgnoreCase(Properties.CONTENT_TYPE)) {
                properties.add(name, value);
            }
        });
        report.accept(properties::add);
        return new CallerAnswer(
                response.status(),
                0,
                null,
                response.body(),
                response.headers().first(Properties.CONTENT_TYPE),
                properties.build());
    }

    /** A call that the node does not even look at. */
    public static CallerAnswer refusal(int status, int code, String reason, String message, int retryAfterSeconds) {
        return failure(status, code, reason, message, retryAfterSeconds, field -> {});
    }

    private static CallerAnswer failure(
            int status,
            int code,
            String reason,
            String message,
            int retryAfterSeconds,
            Consumer<BiConsumer<String, String>> report) {
        Headers.Builder properties = new Headers.Builder()
                .add("status", Integer.toString(status))
                .add("code", Integer.toString(code))
                .add("reason", reason);
        if (retryAfterSeconds > 0) {
            properties.add("retry-after", Integer.toString(retryAfterSeconds));
        }
        report.accept(properties::add);
        return new CallerAnswer(status, code, message, bytes(JsonText.error(code, message)), JSON, properties.build());
    }

    /** Whether it tells of a failure, be it the function's own. */
    public boolean isFailure() {
        return status >= FIRST_FAILURE;
    }

    /** The failure in one sentence; for one of the function's own, with what it said. */
    public String told() {
        String told = failure;
        return told == null ? "the function answered " + status + quoted(body) : told;
    }

    /**
     * The message that says it.
     *
     * @param expirySeconds how long the broker keeps it for somebody who is away
     * @return empty if nobody wants to know
     */
    public Optional<WireMessage> message(Topics topics, Reply reply, long expirySeconds) {
        if (reply instanceof Reply.ToTopic to) {
            return Optional.of(message(to.topic(), to.atLeastOnce(), to.correlation(), expirySeconds));
        }
        if (reply instanceof Reply.ToDevice to) {
            String topic = isFailure()
                    ? topics.deviceFailure(to.device(), to.request(), status)
                    : topics.deviceAnswer(to.device(), to.request());
            return Optional.of(message(topic, to.atLeastOnce(), null, expirySeconds));
        }
        if (reply instanceof Reply.ToOutput to) {
            return isFailure() ? error(to, expirySeconds) : output(to, expirySeconds);
        }
        return Optional.empty();
    }

    private WireMessage message(
            String topic, boolean atLeastOnce, @Nullable ByteBuffer correlation, long expirySeconds) {
        return new WireMessage(
                topic, body, atLeastOnce, false, null, correlation, contentType, expirySeconds, properties);
    }

    private Optional<WireMessage> output(Reply.ToOutput reply, long expirySeconds) {
        String topic = reply.to();
        // What is retained is the last known answer until the next one.
        long expiry = reply.retain() ? 0 : expirySeconds;
        return topic == null
                ? Optional.empty()
                : Optional.of(new WireMessage(
                        topic, body, true, reply.retain(), null, null, contentType, expiry, properties));
    }

    private Optional<WireMessage> error(Reply.ToOutput reply, long expirySeconds) {
        String topic = reply.errors();
        if (topic == null) {
            return Optional.empty();
        }
        String json = "{\"code\":" + (failure == null ? GENERIC : code) + ",\"status\":" + status + ",\"message\":"
                + JsonText.quoted(told()) + ",\"topic\":" + JsonText.quoted(reply.input()) + "}";
        return Optional.of(
                new WireMessage(topic, bytes(json), true, false, null, null, JSON, expirySeconds, properties));
    }

    private static String quoted(ByteBuffer body) {
        if (!body.hasRemaining() || body.remaining() > MAX_QUOTED_BYTES) {
            return "";
        }
        try {
            return ": " + StandardCharsets.UTF_8.newDecoder().decode(body.duplicate());
        } catch (CharacterCodingException ignored) {
            // Not text: the status has to do.
            return "";
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
