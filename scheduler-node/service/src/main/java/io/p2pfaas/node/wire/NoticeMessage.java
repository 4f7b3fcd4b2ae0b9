package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Properties.Malformed;

/**
 * What one node tells one other unasked, on the other's notice topic.
 *
 * @param notice what
 * @param sample the load of the sender, and who it is
 */
public record NoticeMessage(Notice notice, Sample sample) {
    private static final String KIND = "kind";
    /** Later it is not true any more. */
    private static final long EXPIRY_SECONDS = 1;

    /** The publish. */
    public WireMessage encode(Topics topics, NodeId peer) {
        Headers.Builder properties = new Headers.Builder();
        properties.add(KIND, notice.label());
        properties.add(SampleCodec.PROPERTY, SampleCodec.text(sample));
        return new WireMessage(
                topics.notice(peer, sample.node()),
                WireMessage.noBytes(),
                false,
                false,
                null,
                null,
                null,
                EXPIRY_SECONDS,
                properties.build());
    }

    /** Reads what {@code sender} tells this node; a retained notice is as old as nobody knows. */
    public static Decoded<NoticeMessage> decode(NodeId sender, WireMessage message) {
        try {
            if (message.retained()) {
                throw new Malformed("it is retained");
            }
            Properties properties = new Properties(message.properties());
            Notice notice = properties.word(KIND, Notice.class);
            Sample sample = SampleCodec.parse(sender, properties.text(SampleCodec.PROPERTY));
            return new Decoded.Ok<>(new NoticeMessage(notice, sample));
        } catch (Malformed malformed) {
            return new Decoded.Malformed<>("notice on " + message.topic() + ": " + malformed.getMessage());
        }
    }
}
