package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Probes and their answers: "what is your load", on the peer's probe topic, answered on the asker's answer topic. */
public final class ProbeMessage {
    private static final String KIND = "kind";
    private static final String LOAD = "load";
    private static final String NODE = "node";
    private static final long EXPIRY_SECONDS = 1;

    private ProbeMessage() {}

    /** Whom to answer, as the brain hands it back. */
    record ReplyTo(String topic, ByteBuffer correlation) implements Payload {}

    /** A peer's answer. */
    public record Answered(long session, long probe, Sample sample) {}

    /** The question. */
    public static WireMessage encode(Topics topics, NodeId peer, NodeId self, long session, long probe) {
        return message(
                topics.probe(peer), topics.answers(self), ForwardMessage.correlation(session, probe), Headers.EMPTY);
    }

    private static WireMessage message(
            String topic, @Nullable String replyTo, ByteBuffer correlation, Headers properties) {
        return new WireMessage(
                topic, WireMessage.noBytes(), false, false, replyTo, correlation, null, EXPIRY_SECONDS, properties);
    }

    /** Whom a probe wants answered; only nodes are. */
    public static Decoded<Payload> decodeReplyTo(Topics topics, WireMessage message) {
        String replyTo = message.responseTopic();
        ByteBuffer correlation = message.correlation();
        boolean isNodes = replyTo != null && Address.parse(topics.base(), replyTo) instanceof Address.Answers;
        if (replyTo == null || correlation == null || !isNodes) {
            return new Decoded.Malformed<>("probe without a node to answer");
        }
        return new Decoded.Ok<>(new ReplyTo(replyTo, correlation));
    }

    /** The answer to {@code replyTo}, which must come from {@link #decodeReplyTo}. */
    public static WireMessage encodeAnswer(Payload replyTo, Sample sample) {
        ReplyTo to = (ReplyTo) replyTo;
        Headers properties =
                Headers.of(KIND, LOAD, NODE, sample.node().value(), SampleCodec.PROPERTY, SampleCodec.text(sample));
        return message(to.topic(), null, to.correlation(), properties);
    }

    /** Whether a message on the answer topic answers a probe. */
    public static boolean isAnswer(WireMessage message) {
        return LOAD.equals(message.properties().first(KIND));
    }

    /** Reads an answer. */
    public static Decoded<Answered> decodeAnswer(WireMessage message) {
        try {
            long[] numbers = ForwardMessage.numbers(message.correlation());
            Properties properties = new Properties(message.properties());
            Sample sample = SampleCodec.parse(properties.node(NODE), properties.text(SampleCodec.PROPERTY));
            return new Decoded.Ok<>(new Answered(numbers[0], numbers[1], sample));
        } catch (Malformed malformed) {
            return new Decoded.Malformed<>("probe answer: " + malformed.getMessage());
        }
    }
}
