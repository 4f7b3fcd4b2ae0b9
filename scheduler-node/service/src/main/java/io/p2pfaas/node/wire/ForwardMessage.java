package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way between nodes.
 *
 * @param origin who waits for the answer
 * @param path the nodes that had it, origin first, sender last
 * @param budgetMillis what is left of the caller's time
 * @param bodyBytes size of the body, also if it is not here yet
 * @param bodyFollows true asks for a booking: the body stays with the origin until a node has agreed
 * @param sample the sender's load
 */
public record ForwardMessage(
        Origin origin,
        List<NodeId> path,
        long budgetMillis,
        long bodyBytes,
        boolean bodyFollows,
        boolean idempotent,
        int taskType,
        Sample sample,
        Request request) {
    private static final String PATH = "path";
    private static final String CALL = "call";
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MAX_BUDGET_MILLIS = 24L * 3600 * 1000;

    public ForwardMessage {
        path = List.copyOf(path);
    }

    /** The same, to book a slot for it before its body is sent. */
    public ForwardMessage withoutBody() {
        return new ForwardMessage(origin, path, budgetMillis, bodyBytes, true, idempotent, taskType, sample, request);
    }

    /** The publish, to a topic that names the last of the path as its sender. */
    public WireMessage encode(String topic) {
        Headers.Builder properties = new Headers.Builder();
        if (path.size() > 1) {
            properties.add(PATH, Properties.path(path.subList(0, path.size() - 1)));
        }
        properties.add("budget-ms", Long.toString(budgetMillis));
        if (origin.call() != Origin.UNNAMED) {
            properties.add(CALL, Long.toString(origin.call()));
        }
        properties.add(SampleCodec.PROPERTY, SampleCodec.text(sample));
        if (bodyFollows) {
            properties.add("body-follows", Long.toString(bodyBytes));
        }
        if (idempotent) {
            properties.add("idempotent", "1");
        }
        if (taskType != 0) {
            properties.add("task-type", Integer.toString(taskType));
        }
        if (!request.method().equals("POST")) {
            properties.add("method", request.method());
        }
        if (!request.path().isEmpty()) {
            properties.add("uri-path", request.path());
        }
        if (!request.query().isEmpty()) {
            properties.add("uri-query", request.query());
        }
        Properties.addHeaders(request.headers(), properties);
        return new WireMessage(
                topic,
                bodyFollows ? WireMessage.noBytes() : request.body(),
                true,
                false,
                null,
                correlation(origin.session(), origin.attempt()),
                request.headers().first(Properties.CONTENT_TYPE),
                WireMessage.expiryFor(budgetMillis),
                properties.build());
    }

    static ByteBuffer correlation(long session, long attempt) {
        return ByteBuffer.wrap((session + "." + attempt).getBytes(StandardCharsets.US_ASCII))
                .asReadOnlyBuffer();
    }

    /** Reads a forward or a dealt call of {@code sender}. */
    public static Decoded<ForwardMessage> decode(NodeId sender, WireMessage message) {
        try {
            Properties properties = new Properties(message.properties());
            List<NodeId> path = new ArrayList<>(properties.path(PATH));
            path.add(sender);
            long[] numbers = numbers(message.correlation());
            long follows = properties.number("body-follows", 0, Integer.MAX_VALUE, -1);
            Request request = request(properties, message);
            return new Decoded.Ok<>(new ForwardMessage(
                    new Origin(
                            path.get(0),
                            numbers[0],
                            numbers[1],
                            properties.number(CALL, 0, Long.MAX_VALUE, Origin.UNNAMED)),
                    path,
                    left(properties.number("budget-ms", 0, MAX_BUDGET_MILLIS), message.expirySeconds()),
                    follows >= 0 ? follows : message.payload().remaining(),
                    follows >= 0,
                    "1".equals(properties.optional("idempotent")),
                    (int) properties.number("task-type", 0, Integer.MAX_VALUE, 0),
                    SampleCodec.parse(sender, properties.text(SampleCodec.PROPERTY)),
                    request));
        } catch (Malformed malformed) {
            return new Decoded.Malformed<>("forward on " + message.topic() + ": " + malformed.getMessage());
        }
    }

    /**
     * What is left of the budget. The broker lessens a message's expiry by the time for which it held it, in whole
     * seconds that may have begun just before: it held it at least for one second less than is missing.
     */
    private static long left(long budgetMillis, long expirySeconds) {
        if (expirySeconds <= 0) {
            return budgetMillis;
        }
        long heldSeconds = Math.max(0, WireMessage.expiryFor(budgetMillis) - expirySeconds - 1);
        long left = Math.min(budgetMillis - heldSeconds * MILLIS_PER_SECOND, expirySeconds * MILLIS_PER_SECOND);
        return Math.max(0, left);
    }

    private static Request request(Properties properties, WireMessage message) throws Malformed {
        String method = properties.optional("method");
        String path = orEmpty(properties.optional("uri-path"));
        String query = orEmpty(properties.optional("uri-query"));
        if ((method != null && !EndToEnd.isToken(method)) || !UriPart.isPath(path) || !UriPart.isQuery(query)) {
            throw new Malformed("method, uri-path or uri-query cannot be part of a request line");
        }
        return new Request(
                method == null ? "POST" : method, path, query, Properties.headersOf(message), message.payload());
    }

    /** Session and attempt of correlation data. */
    static long[] numbers(@Nullable ByteBuffer correlation) throws Malformed {
        if (correlation == null) {
            throw new Malformed("no correlation data");
        }
        String text = StandardCharsets.US_ASCII.decode(correlation.duplicate()).toString();
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new Malformed("correlation data is not session.attempt");
        }
        return new long[] {
            Properties.number("session", text.substring(0, dot), 0, Long.MAX_VALUE),
            Properties.number("attempt", text.substring(dot + 1), 0, Long.MAX_VALUE)
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
