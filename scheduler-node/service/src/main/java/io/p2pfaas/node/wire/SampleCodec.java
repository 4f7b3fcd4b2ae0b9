package io.p2pfaas.node.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Load samples: JSON on the load topic, where people and other tools read them, and some numbers in one property
 * where they ride on messages between nodes. The seventh, the latency, is left out by a node that does not tell it; what
 * follows is a later version's.
 */
public final class SampleCodec {
    static final String PROPERTY = "sample";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NUMBERS = 6;
    private static final String LATENCY = "latencyMicros";
    private static final long MAX_LATENCY_MICROS = 86_400_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int MAX_BYTES = 4096;
    private static final int MAX_COUNT = 1_000_000;

    private SampleCodec() {}

    /** {@code session seq running slots queued queueMax [latencyMicros]}. */
    static String text(Sample sample) {
        Load load = sample.load();
        String text = sample.session() + " " + sample.seq() + " " + load.running() + " " + load.slots() + " "
                + load.queued() + " " + load.queueMax();
        return sample.latencyNanos() == Sample.UNKNOWN ? text : text + " " + latencyMicros(sample);
    }

    static Sample parse(NodeId node, String text) throws Malformed {
        String[] parts = text.split(" ", NUMBERS + 2);
        if (parts.length < NUMBERS) {
            throw new Malformed("a sample has at least six numbers");
        }
        return sample(
                node,
                Properties.number("session", parts[0], 0, Long.MAX_VALUE),
                Properties.number("seq", parts[1], 0, Long.MAX_VALUE),
                Properties.number("running", parts[2], 0, MAX_COUNT),
                Properties.number("slots", parts[3], 1, MAX_COUNT),
                Properties.number("queued", parts[4], 0, MAX_COUNT),
                Properties.number("queueMax", parts[5], 0, MAX_COUNT),
                parts.length == NUMBERS
                        ? Sample.UNKNOWN
                        : Properties.number(LATENCY, parts[NUMBERS], 0, MAX_LATENCY_MICROS));
    }

    private static long latencyMicros(Sample sample) {
        return Math.min(sample.latencyNanos() / NANOS_PER_MICRO, MAX_LATENCY_MICROS);
    }

    private static Sample sample(
            NodeId node,
            long session,
            long seq,
            long running,
            long slots,
            long queued,
            long queueMax,
            long latencyMicros) {
        return new Sample(
                node,
                session,
                seq,
                new Load((int) running, (int) slots, (int) queued, (int) queueMax),
                latencyMicros == Sample.UNKNOWN ? Sample.UNKNOWN : latencyMicros * NANOS_PER_MICRO);
    }

    /** The message on the load topic; the broker forgets it after {@code expirySeconds}. */
    public static WireMessage encode(Topics topics, Sample sample, long expirySeconds) {
        Load load = sample.load();
        String json = "{\"session\":" + sample.session() + ",\"seq\":" + sample.seq() + ",\"running\":" + load.running()
                + ",\"slots\":" + load.slots() + ",\"queued\":" + load.queued() + ",\"queueMax\":" + load.queueMax()
                + (sample.latencyNanos() == Sample.UNKNOWN
                        ? "}"
                        : ",\"" + LATENCY + "\":" + latencyMicros(sample) + "}");
        return new WireMessage(
                topics.load(sample.node()),
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer(),
                false,
                false,
                null,
                null,
                "application/json",
                expirySeconds,
                Headers.EMPTY);
    }

    /** Reads a message of the load topic of {@code node}. */
    public static Decoded<Sample> decode(NodeId node, ByteBuffer payload) {
        try {
            Map<String, String> fields = flatObject(payload, MAX_BYTES);
            return new Decoded.Ok<>(sample(
                    node,
                    field(fields, "session", 0, Long.MAX_VALUE),
                    field(fields, "seq", 0, Long.MAX_VALUE),
                    field(fields, "running", 0, MAX_COUNT),
                    field(fields, "slots", 1, MAX_COUNT),
                    field(fields, "queued", 0, MAX_COUNT),
                    field(fields, "queueMax", 0, MAX_COUNT),
                    fields.containsKey(LATENCY) ? field(fields, LATENCY, 0, MAX_LATENCY_MICROS) : Sample.UNKNOWN));
        } catch (IOException | Malformed malformed) {
            return new Decoded.Malformed<>("sample of " + node + ": " + malformed.getMessage());
        }
    }

    static long field(Map<String, String> fields, String name, long min, long max) throws Malformed {
        String text = fields.get(name);
        if (text == null) {
            throw new Malformed("field " + name + " is missing");
        }
        return Properties.number(name, text, min, max);
    }

    /** The scalar fields of a JSON object, as text; of an array the scalars, joined by commas. Deeper values are skipped. */
    static Map<String, String> flatObject(ByteBuffer payload, int maxBytes) throws IOException, Malformed {
        if (payload.remaining() > maxBytes) {
            throw new Malformed("longer than " + maxBytes + " bytes");
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    continue;
                }
                String value = token == JsonToken.START_ARRAY ? scalars(parser) : parser.getText();
                if (fields.put(name, value) != null) {
                    throw new Malformed("field " + name + " is there twice");
                }
            }
        }
        return fields;
    }

    private static String scalars(JsonParser parser) throws IOException {
        StringBuilder joined = new StringBuilder();
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (token.isScalarValue()) {
                joined.append(joined.isEmpty() ? "" : ",").append(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return joined.toString();
    }
}
