package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * An answer on its way back to the origin of a forwarded call.
 *
 * @param origin to whom
 * @param answer what
 */
public record AnswerMessage(Origin origin, Answer answer) {
    private static final String KIND = "kind";
    private static final String REASON = "reason";
    private static final String PATH = "path";
    /** What is below is no final answer: an HTTP caller would wait for more. */
    private static final int MIN_STATUS = 200;

    private static final int MAX_STATUS = 999;

    /**
     * The publish.
     *
     * @param totalNanos how long the answering node has had the call
     * @param expirySeconds how long it is worth keeping
     */
    public WireMessage encode(Topics topics, long totalNanos, long expirySeconds) {
        Headers.Builder properties = new Headers.Builder();
        properties.add(SampleCodec.PROPERTY, SampleCodec.text(answer.sample()));
        ByteBuffer body = WireMessage.noBytes();
        String contentType = null;
        if (answer instanceof Answer.Accepted accepted) {
            properties.add(KIND, "accepted");
            properties.add("phase", lower(accepted.phase()));
        } else if (answer instanceof Answer.Refused refused) {
            properties.add(KIND, "refused");
            properties.add(REASON, refused.reason().label());
        } else if (answer instanceof Answer.Ended ended) {
            properties.add(KIND, "result");
            List<NodeId> between = between(ended.path());
            if (!between.isEmpty()) {
                properties.add(PATH, Properties.path(between));
            }
            properties.add("total-us", Long.toString(TimeUnit.NANOSECONDS.toMicros(totalNanos)));
            if (ended.end().payload() instanceof Outcome outcome) {
                properties.add("run-us", Long.toString(TimeUnit.NANOSECONDS.toMicros(outcome.executionNanos())));
            }
            Reason reason = ended.end().reason();
            if (reason != null) {
                properties.add(REASON, reason.label());
                if (ended.end().payload() instanceof Outcome.Broken broken) {
                    properties.add("detail", broken.detail());
                }
            } else if (ended.end().payload() instanceof Outcome.Answered answered) {
                Response response = answered.response();
                properties.add("status", Integer.toString(response.status()));
                Properties.addHeaders(response.headers(), properties);
                contentType = response.headers().first(Properties.CONTENT_TYPE);
                body = response.body();
            }
        }
        return new WireMessage(
                topics.answer(origin.node(), answer.node()),
                body,
                true,
                false,
                null,
                ForwardMessage.correlation(origin.session(), origin.attempt()),
                contentType,
                expirySeconds,
                properties.build());
    }

    /** Origin and sender are in the topic already. */
    private static List<NodeId> between(List<NodeId> path) {
        return path.size() > 2 ? path.subList(1, path.size() - 1) : List.of();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Reads an answer of {@code sender} to {@code self}. */
    public static Decoded<AnswerMessage> decode(NodeId self, NodeId sender, WireMessage message) {
        try {
            long[] numbers = ForwardMessage.numbers(message.correlation());
            Properties properties = new Properties(message.properties());
            Sample sample = SampleCodec.parse(sender, properties.text(SampleCodec.PROPERTY));
            Answer answer = switch (properties.text(KIND)) {
                case "accepted" -> new Answer.Accepted(sender, sample, properties.word("phase", Answer.Phase.class));
                case "refused" -> new Answer.Refused(sender, sample, properties.word(REASON, Reason.class));
                case "result" ->
                    new Answer.Ended(
                            sender,
                            sample,
                            end(properties, message),
                            Properties.joined(self, properties.path(PATH), sender));
                default -> throw new Malformed("kind is none of accepted, refused, result");
            };
            return new Decoded.Ok<>(new AnswerMessage(new Origin(self, numbers[0], numbers[1]), answer));
        } catch (Malformed malformed) {
            return new Decoded.Malformed<>("answer on " + message.topic() + ": " + malformed.getMessage());
        }
    }

    /** With the length that an answer to HEAD names: no other answer carries one. */
    private static Headers headers(Properties properties, WireMessage message) throws Malformed {
        Headers headers = Properties.headersOf(message);
        String length = properties.optional(Properties.HEADER_PREFIX + Response.CONTENT_LENGTH);
        if (length == null) {
            return headers;
        }
        Headers.Builder all = new Headers.Builder();
        headers.forEach(all::add);
        all.add(
                Response.CONTENT_LENGTH,
                Long.toString(Properties.number(Response.CONTENT_LENGTH, length, 0, Long.MAX_VALUE)));
        return all.build();
    }

    private static End end(Properties properties, WireMessage message) throws Malformed {
        long totalNanos = TimeUnit.MICROSECONDS.toNanos(properties.number("total-us", 0, Long.MAX_VALUE / 1000, 0));
        long runNanos = TimeUnit.MICROSECONDS.toNanos(properties.number("run-us", 0, Long.MAX_VALUE / 1000, 0));
        if (properties.optional(REASON) == null) {
            int status = (int) properties.number("status", MIN_STATUS, MAX_STATUS);
            Response response = new Response(status, headers(properties, message), message.payload());
            return End.done(new Outcome.Remote(
                    new Outcome.Answered(response, runNanos), totalNanos, Math.max(0, totalNanos - runNanos)));
        }
        Reason reason = properties.word(REASON, Reason.class);
        if (reason.endState() == EndState.DONE) {
            throw new Malformed("a done call has no reason");
        }
        String detail = properties.optional("detail");
        Outcome broken = new Outcome.Broken(reason, detail == null ? "" : detail, runNanos);
        return new End(reason.endState(), reason, new Outcome.Remote(broken, totalNanos, 0));
    }
}
