package io.p2pfaas.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.testing.Fault;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever comes over the network: decoding does not throw, and nothing that could harm gets through. */
final class HostileInputTest {
    private static final NodeId NODE = new NodeId("n1");
    private static final int MEBIBYTE = 1024 * 1024;

    @Provide
    Arbitrary<WireMessage> hostileMessages() {
        return WireValues.hostileMessages();
    }

    /** Sound forwards and answers with one property replaced or gone: they get further than mere noise. */
    @Provide
    Arbitrary<WireMessage> spoiltMessages() {
        Sample sample = new Sample(NODE, 1, 2, new Load(1, 2, 3, 4));
        Headers headers = Headers.of("Content-Type", "a/b", "X-Mine", "1", "X-Other", "2");
        ByteBuffer body = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();
        Request request = new Request("PUT", "/p", "q", headers, body);
        Origin origin = new Origin(NODE, 1, 2);
        Outcome answered = new Outcome.Answered(new Response(201, headers, body), 5_000);
        List<WireMessage> sound = List.of(
                new ForwardMessage(origin, List.of(NODE), 1000, 3, false, true, 7, sample, request).encode("t"),
                new ForwardMessage(origin, List.of(NODE), 1000, 3, true, true, 7, sample, request).encode("t"),
                encode(origin, new Answer.Accepted(NODE, sample, Answer.Phase.QUEUED)),
                encode(origin, new Answer.Ended(NODE, sample, End.done(answered), List.of())));
        return Arbitraries.of(sound).flatMap(WireValues::spoilt);
    }

    private static WireMessage encode(Origin origin, Answer answer) {
        return new AnswerMessage(origin, answer).encode(WireValues.TOPICS, 9_000, 5);
    }

    private static void assertHarmless(Headers headers) {
        headers.forEach((name, value) -> {
            assertThat(EndToEnd.isToken(name)).as("field name '%s'", name).isTrue();
            assertThat(value.chars())
                    .as("value of %s", name)
                    .allMatch(c -> (c >= ' ' && c != 0x7f && c <= 0xff) || c == '\t');
            assertThat(name.toLowerCase(Locale.ROOT))
                    .isNotIn("host", "content-length", "transfer-encoding", "connection", "");
        });
        assertThat(count(headers, "Content-Type")).isLessThanOrEqualTo(1);
    }

    private static int count(Headers headers, String wanted) {
        int[] count = {0};
        headers.forEach((name, value) -> count[0] += name.equalsIgnoreCase(wanted) ? 1 : 0);
        return count[0];
    }

    private static void assertHarmless(Request request) {
        assertThat(EndToEnd.isToken(request.method())).isTrue();
        assertThat(request.path()).matches("|/[!-~&&[^#?]]*");
        assertThat(request.query()).matches("[!-~&&[^#]]*");
        assertHarmless(request.headers());
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "samples, presence and forwards of a later version, with more in them",
            promise = "what is known of them is taken")
    @Test
    void what_a_later_version_adds_is_passed_over() throws Properties.Malformed {
        assertThat(SampleCodec.parse(NODE, "1 2 3 4 5 6 7000 8 9 ten"))
                .isEqualTo(SampleCodec.parse(NODE, "1 2 3 4 5 6 7000"));
        ByteBuffer presence = ByteBuffer.wrap(
                "{\"zone\":{\"a\":[1]},\"state\":\"online\",\"session\":3,\"slots\":4,\"functions\":[\"f\"],\"roles\":[\"x\"],\"gpu\":null}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Presence.decode(NODE, presence))
                .isInstanceOfSatisfying(
                        Decoded.Ok.class,
                        read -> assertThat(((Presence) read.value()).functions())
                                .containsExactly(new FunctionName("f")));
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "random messages to every decoder",
            promise = "each is taken or called malformed; none throws")
    @Property(tries = 3000)
    void no_message_makes_a_decoder_throw_or_lets_harm_through(@ForAll("hostileMessages") WireMessage message) {
        decodeEverything(message);
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "true messages with one part spoilt",
            promise = "each is taken or called malformed; none throws")
    @Property(tries = 3000)
    void no_spoilt_message_makes_a_decoder_throw_or_lets_harm_through(@ForAll("spoiltMessages") WireMessage message) {
        decodeEverything(message);
    }

    private static void decodeEverything(WireMessage message) {
        ForwardMessage.decode(NODE, message)
                .then(
                        forward -> {
                            assertHarmless(forward.request());
                            assertThat(forward.path()).hasSizeBetween(1, 64).endsWith(NODE);
                            assertThat(forward.sample().node()).isEqualTo(NODE);
                            assertThat(forward.origin().node())
                                    .isEqualTo(forward.path().get(0));
                            assertThat(forward.budgetMillis()).isBetween(0L, 24L * 3600 * 1000);
                            assertThat(forward.bodyBytes()).isNotNegative();
                            assertThat(forward.taskType()).isNotNegative();
                        },
                        why -> assertThat(why).isNotEmpty());
        AnswerMessage.decode(WireValues.SELF, NODE, message)
                .then(
                        answer -> {
                            assertThat(answer.origin().node()).isEqualTo(WireValues.SELF);
                            assertThat(answer.answer().node()).isEqualTo(NODE);
                            assertThat(answer.answer().sample().node()).isEqualTo(NODE);
                            if (answer.answer() instanceof Answer.Ended ended) {
                                assertHarmless((Outcome.Remote) ended.end().payload());
                            }
                        },
                        why -> assertThat(why).isNotEmpty());
        ProbeMessage.decodeReplyTo(NODE, message)
                .then(
                        replyTo -> assertThat(ProbeMessage.encodeAnswer(
                                                WireValues.TOPICS,
                                                replyTo,
                                                new Sample(WireValues.SELF, 1, 1, new Load(0, 1, 0, 0)))
                                        .topic())
                                .isEqualTo("site/p2pfaas/v1/node/n1/from/self/rsp"),
                        why -> assertThat(why).isNotEmpty());
        ProbeMessage.decodeAnswer(NODE, message)
                .then(
                        answered -> assertThat(answered.probe()).isNotNegative(),
                        why -> assertThat(why).isNotEmpty());
        assertThat(ProbeMessage.isAnswer(message))
                .isEqualTo("load".equals(message.properties().first("kind")));
        assertHarmless(CallerMessage.request(message));
        Presence.decode(NODE, message.payload())
                .then(presence -> {}, why -> assertThat(why).isNotEmpty());
        NoticeMessage.decode(NODE, message)
                .then(
                        notice -> assertThat(notice.sample().node()).isEqualTo(NODE),
                        why -> assertThat(why).isNotEmpty());
        SampleCodec.decode(NODE, message.payload())
                .then(sample -> {}, why -> assertThat(why).isNotEmpty());
        assertThat(message.payload().position()).as("untouched").isZero();
    }

    private static void assertHarmless(Outcome.Remote remote) {
        assertThat(remote.totalNanos()).isNotNegative();
        assertThat(remote.executionNanos()).isNotNegative();
        assertThat(remote.schedulingNanos()).isNotNegative();
        if (remote.outcome() instanceof Outcome.Answered answered) {
            assertThat(answered.response().status())
                    .as("final, and HTTP can carry it")
                    .isBetween(200, 999);
            assertHarmless(answered.response().headers());
        }
    }

    @Property
    void no_topic_makes_the_parser_throw(@ForAll("topics") String topic) {
        Address address = Address.parse(WireValues.TOPICS.base(), topic);
        if (address != null) {
            assertThat(topic).startsWith("site/p2pfaas/v1/");
        }
    }

    @Provide
    Arbitrary<String> topics() {
        Arbitrary<String> levels = Arbitraries.of(
                "node",
                "n1",
                "from",
                "fwd",
                "fn",
                "state",
                "load",
                "rsp",
                "probe",
                "notice",
                "spill",
                "spillq",
                "dev",
                "req",
                "",
                "+",
                "#",
                "..",
                "\0",
                "ä",
                "x".repeat(65));
        return Arbitraries.oneOf(
                levels.list().ofMaxSize(8).map(list -> "site/p2pfaas/v1/" + String.join("/", list)),
                Arbitraries.strings().all().ofMaxLength(50));
    }

    @Property
    void no_payload_makes_a_json_decoder_throw(@ForAll("jsonLike") String text) {
        ByteBuffer payload = bytes(text);
        Presence.decode(NODE, payload)
                .then(
                        presence -> {
                            assertThat(presence.slots()).isPositive();
                            assertThat(presence.http()).matches("[!-~&&[^\"\\\\]]*");
                            assertThat(presence.version()).matches("[!-~&&[^\"\\\\]]*");
                        },
                        why -> assertThat(why).isNotEmpty());
        SampleCodec.decode(NODE, payload)
                .then(
                        sample -> assertThat(sample.load().slots()).isPositive(),
                        why -> assertThat(why).isNotEmpty());
    }

    /** Pieces of JSON in any order: now and then they make sense. */
    @Provide
    Arbitrary<String> jsonLike() {
        Arbitrary<String> values = Arbitraries.of(
                "1",
                "-1",
                "1.5",
                "1e999",
                "99999999999999999999",
                "null",
                "true",
                "\"online\"",
                "\"x\"",
                "\"\\u0000\"",
                "\"a\\r\\nb\"",
                "\"\\\"\"",
                "[1,2]",
                "[\"f\",\"g\"]",
                "[\"..\"]",
                "[[[[]]]]",
                "[",
                "{}",
                "{\"a\":{\"b\":[1]}}",
                "",
                "\"h:1\"");
        Arbitrary<String> names = Arbitraries.of(
                "state", "session", "version", "slots", "functions", "http", "seq", "running", "queued", "queueMax");
        Arbitrary<String> fields = Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
        return Combinators.combine(fields.list().ofMaxSize(10), Arbitraries.of("}", "", "}}", "}x", ",}"))
                .as((list, end) -> "{" + String.join(",", list) + end);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    private static boolean isPresence(String json) {
        return Presence.decode(NODE, bytes(json)) instanceof Decoded.Ok;
    }

    private static boolean isSample(String json) {
        return SampleCodec.decode(NODE, bytes(json)) instanceof Decoded.Ok;
    }

    private static final String SAMPLE =
            "\"session\":1,\"seq\":1,\"running\":0,\"slots\":1,\"queued\":0,\"queueMax\":0";
    private static final String PRESENCE = "\"state\":\"online\",\"session\":1,\"slots\":1";

    @Fault(in = Fault.Area.MESSAGE, fault = "JSON with duplicate keys", promise = "it is malformed")
    @Test
    void a_field_that_is_there_twice_makes_no_sense() {
        assertThat(isSample("{" + SAMPLE + "}")).isTrue();
        assertThat(isSample("{" + SAMPLE + ",\"running\":9}")).isFalse();
        assertThat(isPresence("{" + PRESENCE + ",\"functions\":[\"f\"]}")).isTrue();
        assertThat(isPresence("{" + PRESENCE + ",\"functions\":[\"f\"],\"functions\":[\"g\"]}"))
                .isFalse();
        assertThat(isPresence("{" + PRESENCE + ",\"session\":[2]}")).isFalse();
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "JSON fields of a later version", promise = "they are skipped")
    @Test
    void unknown_fields_of_a_later_version_are_skipped_however_deep() {
        String deep = "[".repeat(500) + "]".repeat(500);
        assertThat(isSample("{" + SAMPLE + ",\"new\":{\"a\":{\"b\":[1,{}]}},\"deep\":" + deep + "}"))
                .isTrue();
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "JSON without bottom",
            promise = "it is malformed; the stack is not exhausted")
    @Test
    void json_without_bottom_is_malformed_not_a_stack_overflow() {
        for (String open : List.of("[", "{\"a\":")) {
            assertThat(isPresence("{\"x\":" + open.repeat(40_000))).isFalse();
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "JSON with huge numbers, wrong kinds, missing fields",
            promise = "it is malformed")
    @Test
    void missing_fields_huge_numbers_and_other_kinds_are_malformed() {
        for (String json : List.of(
                "{}",
                "[]",
                "1",
                "null",
                "\"online\"",
                "{" + SAMPLE.replace("\"seq\":1,", "") + "}",
                "{" + SAMPLE.replace("\"slots\":1", "\"slots\":0") + "}",
                "{" + SAMPLE.replace("\"running\":0", "\"running\":-1") + "}",
                "{" + SAMPLE.replace("\"running\":0", "\"running\":1000001") + "}",
                "{" + SAMPLE.replace("\"seq\":1", "\"seq\":9223372036854775808") + "}",
                "{" + SAMPLE.replace("\"seq\":1", "\"seq\":1e3") + "}",
                "{" + SAMPLE.replace("\"seq\":1", "\"seq\":" + "9".repeat(900)) + "}",
                "{" + SAMPLE.replace("\"seq\":1", "\"seq\":null") + "}",
                "{" + SAMPLE)) {
            assertThat(isSample(json)).as(json).isFalse();
        }
        for (String json : List.of(
                "{" + PRESENCE.replace("online", "sleeping") + "}",
                "{" + PRESENCE.replace("\"session\":1", "\"session\":9223372036854775807") + "}",
                "{" + PRESENCE + ",\"functions\":[\"a/b\"]}",
                "{" + PRESENCE + ",\"functions\":[\"" + "f".repeat(65) + "\"]}")) {
            assertThat(isPresence(json)).as(json).isFalse();
        }
    }

    @Test
    void an_address_that_could_break_a_header_or_a_json_text_is_malformed() {
        assertThat(isPresence("{" + PRESENCE + ",\"http\":\"h:1\"}")).isTrue();
        for (String http : List.of("h\\r\\nX-Evil: 1:80", "h\\u0000:80", "h\\\":80", "h\\\\:80", "h h:80", "hä:80")) {
            assertThat(isPresence("{" + PRESENCE + ",\"http\":\"" + http + "\"}"))
                    .as(http)
                    .isFalse();
            assertThat(isPresence("{" + PRESENCE + ",\"version\":\"" + http + "\"}"))
                    .as(http)
                    .isFalse();
        }
        assertThat(isPresence("{" + PRESENCE + ",\"http\":\"" + "h".repeat(300) + ":80\"}"))
                .isFalse();
    }

    @Test
    void a_payload_beyond_its_bound_is_not_even_read() {
        ByteBuffer large = ByteBuffer.wrap(new byte[64 * MEBIBYTE]).asReadOnlyBuffer();
        long before = allocated();
        assertThat(Presence.decode(NODE, large)).isInstanceOf(Decoded.Malformed.class);
        assertThat(SampleCodec.decode(NODE, large)).isInstanceOf(Decoded.Malformed.class);
        assertThat(allocated() - before).isLessThan(MEBIBYTE);
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "a message claims a huge size", promise = "nothing is allocated for it")
    @Test
    void what_a_message_claims_is_not_allocated() {
        Headers claims = Headers.of(
                "path",
                "n1",
                "budget-ms",
                "86400000",
                "sample",
                "1 1 1000000 1000000 1000000 1000000",
                "body-follows",
                "2147483647",
                "task-type",
                "2147483647");
        long before = allocated();
        Decoded<ForwardMessage> decoded = ForwardMessage.decode(NODE, forward(claims));
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        assertThat(allocated() - before).isLessThan(MEBIBYTE);
    }

    @Test
    void a_path_without_end_is_malformed() {
        String endless = String.join(",", Collections.nCopies(20_000, "n1"));
        Headers properties = Headers.of("path", endless, "budget-ms", "1", "sample", "1 1 0 1 0 0");
        long before = allocated();
        assertThat(ForwardMessage.decode(NODE, forward(properties))).isInstanceOf(Decoded.Malformed.class);
        assertThat(allocated() - before).isLessThan(MEBIBYTE);
        String longest = String.join(",", Collections.nCopies(63, "n1"));
        assertThat(ForwardMessage.decode(
                        NODE, forward(Headers.of("path", longest, "budget-ms", "1", "sample", "1 1 0 1 0 0"))))
                .isInstanceOf(Decoded.Ok.class);
    }

    private static WireMessage forward(Headers properties) {
        return new WireMessage("t", WireMessage.noBytes(), true, false, null, bytes("1.1"), null, 1, properties);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void an_answer_that_claims_to_go_on_is_no_answer() {
        Headers result = Headers.of("sample", "1 1 0 1 0 0", "kind", "result", "path", "n1");
        for (String status : List.of("100", "101", "103", "199", "0", "-200", "1000")) {
            Headers.Builder properties = new Headers.Builder();
            result.forEach(properties::add);
            properties.add("status", status);
            assertThat(AnswerMessage.decode(WireValues.SELF, NODE, forward(properties.build())))
                    .as(status)
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }
}
