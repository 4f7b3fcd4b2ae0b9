package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.nio.ByteBuffer;

/** Probes and their answers: "what is your load", answered as calls are. */
public final class ProbeMessage {
    private static final String KIND = "kind";
    private static final String LOAD = "load";
    private static final long EXPIRY_SECONDS = 1;

    private ProbeMessage() {}

    /** Whom to answer, as the brain hands it back. */
    record ReplyTo(NodeId asker, ByteBuffer correlation) implements Payload {}

    /** A peer's answer. */
    public record Answered(long session, long probe, Sample sample) {}

    /** The question. */
    public static WireMessage encode(Topics topics, NodeId peer, NodeId self, long session, long probe) {
        return message(topics.probe(peer, self), ForwardMessage.correlation(session, probe), Headers.EMPTY);
    }

    private static WireMessage message(String topic, ByteBuffer correlation, Headers properties) {
        return new WireMessage(
                topic, WireMessage.noBytes(), false, false, null, correlation, null, EXPIRY_SECONDS, properties);
    }

    /** Whom and how to answer the probe of {@code asker}. */
    public static Decoded<Payload> decodeReplyTo(NodeId asker, WireMessage message) {
        ByteBuffer correlation = message.correlation();
        return correlation == null
                ? new Decoded.Malformed<>("probe on " + message.topic() + ": no correlation data")
                : new Decoded.Ok<>(new ReplyTo(asker, correlation));
    }

    /** The answer to {@code replyTo}, which must come from {@link #decodeReplyTo}. */
    public static WireMessage encodeAnswer(Topics topics, Payload replyTo, Sample sample) {
        ReplyTo to = (ReplyTo) replyTo;
        Headers properties = Headers.of(KIND, LOAD, SampleCodec.PROPERTY, SampleCodec.text(sample));
        return message(topics.answer(to.asker(), sample.node()), to.correlation(), properties);
    }

    /** Whether a message on the answer topic answers a probe. */
    public static boolean isAnswer(WireMessage message) {
        return LOAD.equals(message.properties().first(KIND));
    }

    /** Reads the answer of {@code sender}. */
    public static Decoded<Answered> decodeAnswer(NodeId sender, WireMessage message) {
        try {
            long[] numbers = ForwardMessage.numbers(message.correlation());
            Properties properties = new Properties(message.properties());
            Sample sample = SampleCodec.parse(sender, properties.text(SampleCodec.PROPERTY));
            return new Decoded.Ok<>(new Answered(numbers[0], numbers[1], sample));
        } catch (Malformed malformed) {
            return new Decoded.Malformed<>("probe answer: " + malformed.getMessage());
        }
    }
}
