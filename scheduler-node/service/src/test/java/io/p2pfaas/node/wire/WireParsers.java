package io.p2pfaas.node.wire;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.SchedulerFields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes over MQTT. A message is written as lines: {@code topic:}, {@code retained:}, {@code response:},
 * {@code correlation:} and {@code type:} are parts of the publish, every other {@code name:value} a user property; behind
 * an empty line stands the payload.
 */
public final class WireParsers {
    /** The largest user property, and more than any topic. */
    private static final int MAX_TEXT = 64 * 1024;

    private static final int MAX_MESSAGE = 256 * 1024;
    /** A publish of 256 KiB has not many more properties. */
    private static final int MAX_LINES = 10_000;

    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId PEER = new NodeId("n2");
    private static final Topics TOPICS = new Topics("p2pfaas");

    private WireParsers() {}

    @FunctionalInterface
    private interface Decoder {
        Object decode(WireMessage message);
    }

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.ofText("topic", MAX_TEXT, WireParsers::topic),
                ofMessage("forward", WireParsers::forward),
                ofMessage("answer", message -> AnswerMessage.decode(SELF, PEER, message)),
                ofMessage("notice", message -> NoticeMessage.decode(PEER, message)),
                ofMessage("probe", message -> ProbeMessage.decodeReplyTo(PEER, message)),
                ofMessage("probe-answer", message -> {
                    ProbeMessage.isAnswer(message);
                    return ProbeMessage.decodeAnswer(PEER, message);
                }),
                ofMessage("call", message -> request(message, CallerMessage.request(message))),
                ofMessage("mapped-call", message -> request(message, CallerMessage.mappedRequest(message))),
                Parser.of("presence", MAX_MESSAGE, WireParsers::presence),
                Parser.of("sample", MAX_MESSAGE, WireParsers::sample),
                Parser.ofText("sample-text", MAX_TEXT, WireParsers::sampleText, Properties.Malformed.class));
    }

    private static Parser ofMessage(String name, Decoder decoder) {
        return Parser.ofText(name, MAX_MESSAGE, text -> {
            if (decoder.decode(message(text)) instanceof Decoded.Malformed<?> malformed) {
                require(!malformed.why().isBlank(), "malformed without a word why");
            }
        });
    }

    private static WireMessage message(String text) {
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        byte[] payload = (end < 0 ? "" : text.substring(end + 2)).getBytes(StandardCharsets.UTF_8);
        String topic = "";
        boolean retained = false;
        String response = null;
        ByteBuffer correlation = null;
        String type = null;
        Headers.Builder properties = new Headers.Builder();
        for (String line : head.split("\n", MAX_LINES)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            switch (name) {
                case "topic" -> topic = value;
                case "retained" -> retained = value.equals("true");
                case "response" -> response = value;
                case "correlation" -> correlation = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
                case "type" -> type = value;
                default -> properties.add(name, value);
            }
        }
        return new WireMessage(
                topic,
                ByteBuffer.wrap(payload).asReadOnlyBuffer(),
                true,
                retained,
                response,
                correlation,
                type,
                0,
                properties.build());
    }

    private static void topic(String topic) {
        Address address = Address.parse(TOPICS.base(), topic);
        String again = null;
        if (address instanceof Address.State state) {
            again = TOPICS.state(state.node());
        } else if (address instanceof Address.Load load) {
            again = TOPICS.load(load.node());
        } else if (address instanceof Address.Probe probe) {
            again = TOPICS.probe(probe.node(), probe.sender());
        } else if (address instanceof Address.Notice notice) {
            again = TOPICS.notice(notice.node(), notice.sender());
        } else if (address instanceof Address.Answer answer) {
            again = TOPICS.answer(answer.node(), answer.sender());
        } else if (address instanceof Address.Forward forward) {
            again = TOPICS.forward(forward.node(), forward.sender(), forward.function());
        } else if (address instanceof Address.Spill spill) {
            again = TOPICS.spill(spill.group(), spill.function(), spill.sender());
        }
        require(again == null || again.equals(topic), "the topic of what was read is " + again);
    }

    /** What is encoded must be read as the same, since nodes hand calls on. */
    private static Object forward(WireMessage message) {
        Decoded<ForwardMessage> decoded = ForwardMessage.decode(PEER, message);
        if (value(decoded) instanceof ForwardMessage before) {
            Object after = value(ForwardMessage.decode(PEER, before.encode(message.topic())));
            require(
                    after instanceof ForwardMessage same && isSame(before, same),
                    "encoded and read again it is " + after + " rather than " + before);
        }
        return decoded;
    }

    private static boolean isSame(ForwardMessage one, ForwardMessage other) {
        return one.origin().equals(other.origin())
                && one.path().equals(other.path())
                && one.budgetMillis() == other.budgetMillis()
                && one.bodyFollows() == other.bodyFollows()
                && one.bodyBytes() == other.bodyBytes()
                && one.idempotent() == other.idempotent()
                && one.taskType() == other.taskType()
                && one.sample().equals(other.sample())
                && one.request().method().equals(other.request().method())
                && one.request().path().equals(other.request().path())
                && one.request().query().equals(other.request().query())
                && one.request()
                        .headers()
                        .toString()
                        .equals(other.request().headers().toString());
    }

    private static Object request(WireMessage message, Request request) {
        SchedulerFields.of(message.properties());
        require(!request.method().isEmpty(), "a request without a method");
        require(isLine(request.method() + request.path() + request.query()), "a request line of two lines");
        request.headers().forEach((name, value) -> require(isLine(name + value), "a header field of two lines"));
        return request;
    }

    private static boolean isLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    private static void presence(byte[] payload) {
        Decoded<Presence> decoded = Presence.decode(SELF, ByteBuffer.wrap(payload));
        if (value(decoded) instanceof Presence presence && payload.length > 0) {
            Object same = value(Presence.decode(SELF, presence.encode(TOPICS).payload()));
            require(presence.equals(same), "encoded and read again it is " + same + " rather than " + presence);
        }
    }

    private static void sample(byte[] payload) {
        if (value(SampleCodec.decode(SELF, ByteBuffer.wrap(payload))) instanceof Sample sample) {
            Object same = value(SampleCodec.decode(
                    SELF, SampleCodec.encode(TOPICS, sample, 1).payload()));
            require(sample.equals(same), "encoded and read again it is " + same + " rather than " + sample);
        }
    }

    private static void sampleText(String text) throws Properties.Malformed {
        Sample sample = SampleCodec.parse(SELF, text);
        Sample same = SampleCodec.parse(SELF, SampleCodec.text(sample));
        require(sample.equals(same), "written and read again it is " + same + " rather than " + sample);
    }

    private static @Nullable Object value(Decoded<?> decoded) {
        return decoded instanceof Decoded.Ok<?> ok ? ok.value() : null;
    }
}
