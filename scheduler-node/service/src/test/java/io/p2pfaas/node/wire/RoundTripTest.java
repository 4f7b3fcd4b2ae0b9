package io.p2pfaas.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What a node writes, a node reads: the same. */
final class RoundTripTest {
    private static final String TOPIC = "site/p2pfaas/v1/node/other/from/n1/fwd/f";
    private static final int LONGEST_PATH = 64;
    private static final long MAX_MICROS = Long.MAX_VALUE / 1000;

    @Provide
    Arbitrary<ForwardMessage> forwards() {
        Arbitrary<Long> budgets = Arbitraries.longs().between(0, 24L * 3600 * 1000);
        return Combinators.combine(
                        WireValues.origins(),
                        WireValues.paths(),
                        budgets,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        WireValues.requests())
                .flatAs((origin, path, budget, flag, number, request) -> WireValues.samples(path.get(path.size() - 1))
                        .map(sample -> new ForwardMessage(
                                new Origin(path.get(0), origin.session(), origin.attempt(), origin.call()),
                                path,
                                budget,
                                flag ? number : request.body().remaining(),
                                flag,
                                !flag,
                                number,
                                sample,
                                flag ? withoutBody(request) : request)));
    }

    private static Request withoutBody(Request request) {
        return new Request(request.method(), request.path(), request.query(), request.headers(), WireMessage.noBytes());
    }

    /** Headers have no equality; their text is as good. */
    private static String text(Request request) {
        return request.method() + " " + request.path() + "?" + request.query() + " " + request.headers() + " "
                + text(request.body());
    }

    private static String text(Response response) {
        return response.status() + " " + response.headers() + " " + text(response.body());
    }

    private static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Arrays.toString(copy);
    }

    private static <T> T read(Decoded<T> decoded) {
        if (decoded instanceof Decoded.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError("could not be read: " + decoded);
    }

    @Property
    void a_forward_comes_back_as_it_was(@ForAll("forwards") ForwardMessage sent) {
        WireMessage message = sent.encode(TOPIC);
        ForwardMessage read =
                read(ForwardMessage.decode(sent.path().get(sent.path().size() - 1), message));
        assertThat(read.origin()).isEqualTo(sent.origin());
        assertThat(read.path()).isEqualTo(sent.path());
        assertThat(read.budgetMillis()).isEqualTo(sent.budgetMillis());
        assertThat(read.bodyBytes()).isEqualTo(sent.bodyBytes());
        assertThat(read.bodyFollows()).isEqualTo(sent.bodyFollows());
        assertThat(read.idempotent()).isEqualTo(sent.idempotent());
        assertThat(read.taskType()).isEqualTo(sent.taskType());
        assertThat(read.sample()).isEqualTo(sent.sample());
        assertThat(text(read.request())).isEqualTo(text(sent.request()));
        assertThat(message.atLeastOnce()).isTrue();
        assertThat(message.retained()).isFalse();
        assertThat(message.expirySeconds()).isBetween(1L, 24L * 3600);
    }

    @Provide
    Arbitrary<AnswerMessage> shortAnswers() {
        return Combinators.combine(
                        WireValues.origins(),
                        WireValues.nodes(),
                        Arbitraries.of(Answer.Phase.values()),
                        Arbitraries.of(Reason.values()),
                        Arbitraries.of(true, false))
                .flatAs((origin, node, phase, reason, accepted) -> WireValues.samples(node)
                        .map(sample -> new AnswerMessage(
                                new Origin(WireValues.SELF, origin.session(), origin.attempt()),
                                accepted
                                        ? new Answer.Accepted(node, sample, phase)
                                        : new Answer.Refused(node, sample, reason))));
    }

    @Property
    void accepted_and_refused_come_back_as_they_were(@ForAll("shortAnswers") AnswerMessage sent) {
        WireMessage message = sent.encode(WireValues.TOPICS, 0, 5);
        NodeId sender = sent.answer().node();
        assertThat(message.topic()).isEqualTo("site/p2pfaas/v1/node/self/from/" + sender + "/rsp");
        assertThat(read(AnswerMessage.decode(WireValues.SELF, sender, message))).isEqualTo(sent);
    }

    @Provide
    Arbitrary<Response> responses() {
        return Combinators.combine(Arbitraries.integers().between(200, 999), WireValues.headers(), WireValues.bodies())
                .as(Response::new);
    }

    @Provide
    Arbitrary<List<NodeId>> paths() {
        return WireValues.paths();
    }

    @Provide
    Arbitrary<Sample> samples() {
        return WireValues.nodes().flatMap(WireValues::samples);
    }

    @Property
    void a_result_comes_back_with_its_response_and_times(
            @ForAll("responses") Response response,
            @ForAll("paths") List<NodeId> path,
            @ForAll("samples") Sample sample,
            @ForAll @LongRange(max = MAX_MICROS) long runMicros,
            @ForAll @LongRange(max = MAX_MICROS) long totalMicros) {
        Outcome outcome = new Outcome.Answered(response, runMicros * 1000);
        Answer.Ended answer = new Answer.Ended(sample.node(), sample, End.done(outcome), whole(path, sample.node()));
        Answer.Ended read = (Answer.Ended) back(answer, totalMicros * 1000);
        assertThat(read.node()).isEqualTo(sample.node());
        assertThat(read.sample()).isEqualTo(sample);
        assertThat(read.path()).isEqualTo(whole(path, sample.node()));
        assertThat(read.end().state()).isEqualTo(EndState.DONE);
        Outcome.Remote remote = (Outcome.Remote) read.end().payload();
        assertThat(remote.totalNanos()).isEqualTo(totalMicros * 1000);
        assertThat(remote.executionNanos()).isEqualTo(runMicros * 1000);
        assertThat(remote.schedulingNanos()).isEqualTo(Math.max(0, totalMicros - runMicros) * 1000);
        assertThat(text(((Outcome.Answered) remote.outcome()).response())).isEqualTo(text(response));
    }

    /** From the origin, to whom the answer goes, to whom it comes from. */
    private static List<NodeId> whole(List<NodeId> between, NodeId executor) {
        List<NodeId> path = new ArrayList<>(List.of(WireValues.SELF));
        path.addAll(between.subList(0, Math.min(between.size(), LONGEST_PATH - 2)));
        path.add(executor);
        return path;
    }

    private static Answer back(Answer answer, long totalNanos) {
        AnswerMessage sent = new AnswerMessage(new Origin(WireValues.SELF, 1, 2), answer);
        AnswerMessage read = read(
                AnswerMessage.decode(WireValues.SELF, answer.node(), sent.encode(WireValues.TOPICS, totalNanos, 5)));
        assertThat(read.origin()).isEqualTo(sent.origin());
        return read.answer();
    }

    @Provide
    Arbitrary<Reason> reasons() {
        return Arbitraries.of(Reason.values());
    }

    @Property
    void a_failure_comes_back_with_reason_and_detail(
            @ForAll("reasons") Reason reason, @ForAll String detail, @ForAll("samples") Sample sample) {
        End end = new End(reason.endState(), reason, new Outcome.Broken(reason, detail, 5_000));
        Answer.Ended read = (Answer.Ended) back(new Answer.Ended(sample.node(), sample, end, List.of()), 7_000);
        assertThat(read.path()).containsExactly(WireValues.SELF, sample.node());
        assertThat(read.end().reason()).isEqualTo(reason);
        assertThat(read.end().state()).isEqualTo(reason.endState());
        Outcome.Remote remote = (Outcome.Remote) read.end().payload();
        assertThat(remote.totalNanos()).isEqualTo(7_000);
        assertThat(remote.outcome()).isEqualTo(new Outcome.Broken(reason, detail, 5_000));
    }

    @Property
    void an_end_that_never_ran_comes_back_too(@ForAll("reasons") Reason reason, @ForAll("samples") Sample sample) {
        Answer.Ended sent = new Answer.Ended(sample.node(), sample, End.of(reason), List.of());
        assertThat(((Answer.Ended) back(sent, 0)).end().reason()).isEqualTo(reason);
    }

    @Property
    void a_sample_comes_back_from_its_topic(@ForAll("samples") Sample sample) {
        WireMessage message = SampleCodec.encode(WireValues.TOPICS, sample, 3);
        assertThat(message.topic()).isEqualTo("site/p2pfaas/v1/node/" + sample.node() + "/load");
        assertThat(read(SampleCodec.decode(sample.node(), message.payload()))).isEqualTo(sample);
        assertThat(message.payload().position()).as("untouched").isZero();
    }

    @Property
    void a_notice_comes_back_as_it_was(
            @ForAll Notice notice, @ForAll("samples") Sample sample, @ForAll("nodes") NodeId to) {
        WireMessage message = new NoticeMessage(notice, sample).encode(WireValues.TOPICS, to);
        assertThat(message.topic()).isEqualTo("site/p2pfaas/v1/node/" + to + "/from/" + sample.node() + "/notice");
        assertThat(message.atLeastOnce() || message.retained()).isFalse();
        assertThat(Address.parse(WireValues.TOPICS.base(), message.topic()))
                .isEqualTo(new Address.Notice(to, sample.node()));
        assertThat(read(NoticeMessage.decode(sample.node(), message))).isEqualTo(new NoticeMessage(notice, sample));
        WireMessage retained = new WireMessage(
                message.topic(), message.payload(), false, true, null, null, null, 0, message.properties());
        assertThat(NoticeMessage.decode(sample.node(), retained))
                .as("of unknown age")
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Provide
    Arbitrary<Presence> presences() {
        Arbitrary<String> hosts = Arbitraries.of("", "127.0.0.1:18080", "[::1]:80", "edge-1.local:65535");
        return Combinators.combine(
                        WireValues.nodes(),
                        Arbitraries.of(PeerState.values()),
                        Arbitraries.longs().between(0, Long.MAX_VALUE - 1),
                        Arbitraries.of("", "dev", "0.1.0-SNAPSHOT"),
                        Arbitraries.integers().between(1, 1_000_000),
                        WireValues.functions().set().ofMaxSize(5),
                        hosts)
                .as(Presence::new);
    }

    @Property
    void a_presence_comes_back_as_it_was(@ForAll("presences") Presence sent) {
        WireMessage message = sent.encode(WireValues.TOPICS);
        assertThat(message.retained()).isTrue();
        assertThat(read(Presence.decode(sent.node(), message.payload()))).isEqualTo(sent);
    }

    @Provide
    Arbitrary<NodeId> nodes() {
        return WireValues.nodes();
    }

    @Property
    void a_deleted_presence_is_a_clean_leave(@ForAll("nodes") NodeId node) {
        WireMessage deletion = Presence.deletion(WireValues.TOPICS, node);
        Presence read = read(Presence.decode(node, deletion.payload()));
        assertThat(read.state()).isEqualTo(PeerState.LOST);
        assertThat(read.session()).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void a_probe_comes_back_to_who_asked(
            @ForAll("nodes") NodeId asker,
            @ForAll("samples") Sample sample,
            @ForAll @LongRange(max = Long.MAX_VALUE) long session,
            @ForAll @LongRange(max = Long.MAX_VALUE) long probe) {
        WireMessage question = ProbeMessage.encode(WireValues.TOPICS, sample.node(), asker, session, probe);
        Payload replyTo = read(ProbeMessage.decodeReplyTo(asker, question));
        WireMessage answer = ProbeMessage.encodeAnswer(WireValues.TOPICS, replyTo, sample);
        assertThat(answer.topic()).isEqualTo(WireValues.TOPICS.answer(asker, sample.node()));
        assertThat(ProbeMessage.isAnswer(answer)).isTrue();
        assertThat(read(ProbeMessage.decodeAnswer(sample.node(), answer)))
                .isEqualTo(new ProbeMessage.Answered(session, probe, sample));
    }

    @Property
    void a_callers_properties_are_the_functions_header_fields(@ForAll("requests") Request request) {
        Request read = CallerMessage.request(message(request));
        assertThat(text(read)).isEqualTo(text(request));
    }

    @Provide
    Arbitrary<Request> requests() {
        return WireValues.requests();
    }

    private static WireMessage message(Request request) {
        Headers.Builder properties = new Headers.Builder();
        properties
                .add("method", request.method())
                .add("uri-path", request.path())
                .add("uri-query", request.query());
        request.headers().forEach((name, value) -> {
            if (!name.equals("Content-Type")) {
                properties.add(name, value);
            }
        });
        return new WireMessage(
                "t",
                request.body(),
                true,
                false,
                null,
                null,
                request.headers().first("Content-Type"),
                0,
                properties.build());
    }

    @Provide
    Arbitrary<FunctionName> functions() {
        return WireValues.functions();
    }

    @Property
    void every_topic_is_read_as_what_it_is(
            @ForAll("nodes") NodeId node, @ForAll("functions") FunctionName function, @ForAll("nodes") NodeId other) {
        Topics topics = WireValues.TOPICS;
        assertThat(parse(topics.state(node))).isEqualTo(new Address.State(node));
        assertThat(parse(topics.load(node))).isEqualTo(new Address.Load(node));
        assertThat(parse(topics.probe(node, other))).isEqualTo(new Address.Probe(node, other));
        assertThat(parse(topics.notice(node, other))).isEqualTo(new Address.Notice(node, other));
        assertThat(parse(topics.answer(node, other))).isEqualTo(new Address.Answer(node, other));
        assertThat(parse(topics.forward(node, other, function))).isEqualTo(new Address.Forward(node, other, function));
        for (SpillGroup group : SpillGroup.values()) {
            String offer = topics.spill(group, function, node);
            assertThat(parse(offer)).isEqualTo(new Address.Spill(group, function, node));
            assertThat(topics.membership(group, function) + node)
                    .isEqualTo("$share/spill/" + offer.replace("/" + function + "/", "/" + function + "/+"));
        }
        assertThat(parse(topics.base() + "fn/" + function)).isEqualTo(new Address.Call(function.value()));
        assertThat(parse(topics.base() + "node/" + node + "/fn/" + function))
                .isEqualTo(new Address.Call(function.value()));
        assertThat(parse(topics.base() + "dev/" + node + "/req/" + function + "/" + other))
                .isEqualTo(new Address.DeviceCall(node.value(), function.value(), other.value()));
        assertThat(parse(topics.nobody(node))).isNull();
        assertThat(parse(topics.deviceAnswer(node.value(), other.value()))).isNull();
    }

    private static @Nullable Address parse(String topic) {
        return Address.parse(WireValues.TOPICS.base(), topic);
    }

    @Property
    void a_topic_names_one_thing_only(@ForAll("nodes") NodeId node, @ForAll("functions") FunctionName function) {
        Topics topics = WireValues.TOPICS;
        List<String> all = List.of(
                topics.state(node),
                topics.load(node),
                topics.probe(node, node),
                topics.notice(node, node),
                topics.answer(node, node),
                topics.nobody(node),
                topics.forward(node, node, function),
                topics.spill(SpillGroup.SLOT, function, node),
                topics.spill(SpillGroup.QUEUE, function, node));
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    @Property
    void expiry_is_never_shorter_than_the_budget_and_never_zero(@ForAll @IntRange(min = -1000) int budgetMillis) {
        long seconds = WireMessage.expiryFor(budgetMillis);
        assertThat(seconds).isPositive();
        assertThat(seconds * 1000).isGreaterThanOrEqualTo(budgetMillis);
        assertThat(seconds * 1000 - Math.max(1, budgetMillis)).isLessThan(1000);
    }
}
