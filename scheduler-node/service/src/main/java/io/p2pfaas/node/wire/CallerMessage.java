package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls of MQTT clients and the answers to them. A caller's user properties are the function's header fields. */
public final class CallerMessage {
    private static final int FIRST_FAILURE = 400;
    private static final int NOT_FOUND = 404;
    private static final EndToEnd CARRIED = EndToEnd.besides(null);

    private CallerMessage() {}

    /** Where an answer goes. */
    public sealed interface Reply {
        /** Fire and forget. */
        Reply NONE = new None();

        /** Nobody wants an answer. */
        record None() implements Reply {}

        /** To an MQTT 5 client. */
        record ToTopic(String topic, @Nullable ByteBuffer correlation, boolean atLeastOnce) implements Reply {}

        /** To a 3.1.1 device, which sees topic and payload only. */
        record ToDevice(String device, String request, boolean atLeastOnce) implements Reply {}
    }

    /** What the function is given. The properties method, uri-path and uri-query are for functions that want them. */
    public static Request request(WireMessage message) {
        Headers.Builder headers = new Headers.Builder();
        String contentType = message.contentType();
        if (contentType != null && CARRIED.carries(Properties.CONTENT_TYPE, contentType)) {
            headers.add(Properties.CONTENT_TYPE, contentType);
        }
        String[] line = {"POST", "", ""};
        boolean[] typed = {contentType != null};
        message.properties().forEach((name, value) -> {
            switch (name) {
                case "method" -> line[0] = EndToEnd.isToken(value) ? value : line[0];
                case "uri-path" -> line[1] = UriPart.isPath(value) ? value : line[1];
                case "uri-query" -> line[2] = UriPart.isQuery(value) ? value : line[2];
                default -> {
                    boolean isType = name.equalsIgnoreCase(Properties.CONTENT_TYPE);
                    if (CARRIED.carries(name, value) && !(isType && typed[0])) {
                        typed[0] |= isType;
                        headers.add(name, value);
                    }
                }
            }
        });
        return new Request(line[0], line[1], line[2], headers.build(), message.payload());
    }

    /**
     * How a call ended.
     *
     * @param report adds fields about how the call went
     * @return empty if nobody wants to know
     */
    public static Optional<WireMessage> answer(
            Topics topics, Reply reply, End end, long expirySeconds, Consumer<BiConsumer<String, String>> report) {
        Headers.Builder properties = new Headers.Builder();
        Outcome outcome = end.payload() instanceof Outcome.Remote remote
                ? remote.outcome()
                : end.payload() instanceof Outcome local ? local : null;
        if (end.reason() == null && outcome instanceof Outcome.Answered answered) {
            Response response = answered.response();
            properties.add("status", Integer.toString(response.status()));
            response.headers().forEach((name, value) -> {
                if (!name.equalsIgnoreCase(Properties.CONTENT_TYPE)) {
                    properties.add(name, value);
                }
            });
            report.accept(properties::add);
            String contentType = response.headers().first(Properties.CONTENT_TYPE);
            return message(
                    topics, reply, response.status(), response.body(), contentType, expirySeconds, properties.build());
        }
        Reason reason = end.reason() == null ? Reason.FUNCTION_BROKEN : end.reason();
        Verdict verdict = end.reason() == null ? Verdict.of(reason) : Verdict.of(end);
        properties.add("status", Integer.toString(verdict.status()));
        properties.add("code", Integer.toString(verdict.code()));
        properties.add("reason", reason.label());
        if (verdict.retryAfterSeconds() > 0) {
            properties.add("retry-after", Integer.toString(verdict.retryAfterSeconds()));
        }
        report.accept(properties::add);
        return failure(topics, reply, verdict.status(), verdict.json(), expirySeconds, properties.build());
    }

    /** A call that the node does not even look at. */
    public static Optional<WireMessage> refusal(Topics topics, Reply reply, int status, String reason, String message) {
        int code = status == NOT_FOUND ? 3 : 4;
        String json = JsonText.error(code, message);
        Headers properties =
                Headers.of("status", Integer.toString(status), "code", Integer.toString(code), "reason", reason);
        return failure(topics, reply, status, json, 1, properties);
    }

    private static Optional<WireMessage> failure(
            Topics topics, Reply reply, int status, String json, long expirySeconds, Headers properties) {
        ByteBuffer body = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        return message(topics, reply, status, body, "application/json", expirySeconds, properties);
    }

    private static Optional<WireMessage> message(
            Topics topics,
            Reply reply,
            int status,
            ByteBuffer body,
            @Nullable String contentType,
            long expirySeconds,
            Headers properties) {
        if (reply instanceof Reply.ToTopic to) {
            return Optional.of(new WireMessage(
                    to.topic(),
                    body,
                    to.atLeastOnce(),
                    false,
                    null,
                    to.correlation(),
                    contentType,
                    expirySeconds,
                    properties));
        }
        if (reply instanceof Reply.ToDevice to) {
            String topic = status < FIRST_FAILURE
                    ? topics.deviceAnswer(to.device(), to.request())
                    : topics.deviceFailure(to.device(), to.request(), status);
            return Optional.of(new WireMessage(
                    topic, body, to.atLeastOnce(), false, null, null, contentType, expirySeconds, properties));
        }
        return Optional.empty();
    }
}
