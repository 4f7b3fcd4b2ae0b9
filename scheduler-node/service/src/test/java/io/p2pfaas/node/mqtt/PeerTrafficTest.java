package io.p2pfaas.node.mqtt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.wire.AnswerMessage;
import io.p2pfaas.node.wire.ForwardMessage;
import io.p2pfaas.node.wire.NoticeMessage;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.ProbeMessage;
import io.p2pfaas.node.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PeerTrafficTest {
    private static final NodeId PEER = new NodeId("peer");
    private static final Sample SAMPLE = new Sample(PEER, 3, 1, new Load(0, 4, 0, 4));
    private static final String ANSWERS = "p2pfaas/v1/node/peer/from/a/rsp";

    private final TestCluster cluster = new TestCluster();
    private final TestNode node = cluster.stopped("a", TestNode.Plan.holding("ForwardScheduler(1)"));

    @BeforeEach
    void start() {
        node.start();
        cluster.broker.publish(
                new Presence(PEER, PeerState.ONLINE, 3, "test", 4, Set.of(TestNode.ECHO), "").encode(TestNode.TOPICS));
        cluster.settle();
    }

    private static WireMessage forward(long attempt, long budgetMillis, String body, boolean bodyFollows) {
        Request request = new Request("PUT", "/p", "q=1", Headers.of("X-Mine", "1"), TestCluster.bytes(body));
        return new ForwardMessage(
                        new Origin(PEER, 3, attempt),
                        List.of(PEER),
                        budgetMillis,
                        body.length(),
                        bodyFollows,
                        false,
                        0,
                        SAMPLE,
                        request)
                .encode(TestNode.TOPICS.forward(new NodeId("a"), PEER, TestNode.ECHO));
    }

    /** The same call in another try, which is dealt by the broker. */
    private static WireMessage another(WireMessage forward, long attempt) {
        Headers.Builder properties = new Headers.Builder();
        forward.properties().forEach(properties::add);
        properties.add("call", "4711");
        return new WireMessage(
                forward.topic(),
                forward.payload(),
                true,
                false,
                null,
                TestCluster.bytes(attempt + "9." + attempt),
                null,
                forward.expirySeconds(),
                properties.build());
    }

    private static WireMessage heldBack(WireMessage forward, long expirySeconds) {
        return new WireMessage(
                forward.topic(),
                forward.payload(),
                true,
                false,
                null,
                forward.correlation(),
                null,
                expirySeconds,
                forward.properties());
    }

    private void send(WireMessage... messages) {
        for (WireMessage message : messages) {
            cluster.broker.publish(message);
        }
        cluster.settle();
    }

    private List<String> kinds() {
        return cluster.broker.published(ANSWERS).stream()
                .map(answer -> "" + answer.properties().first("kind"))
                .toList();
    }

    @Test
    void a_forward_runs_and_its_result_goes_back() {
        cluster.broker.inbox(ANSWERS);
        send(forward(1, 5000, "hello", false));
        assertThat(node.runtime.started()).hasSize(1);
        Request given = node.runtime.started().get(0).request();
        assertThat(given.method() + " " + given.path() + "?" + given.query()).isEqualTo("PUT /p?q=1");
        assertThat(given.headers().first("X-Mine")).isEqualTo("1");
        assertThat(TestCluster.text(given.body())).isEqualTo("hello");

        node.runtime.started().get(0).answer(TestCluster.response(404, "not there"));
        cluster.settle();
        assertThat(kinds()).containsExactly("result");
        WireMessage answer = cluster.broker.published(ANSWERS).get(0);
        assertThat(answer.properties().first("status")).isEqualTo("404");
        assertThat(answer.properties().first("path"))
                .as("both are in the topic")
                .isNull();
        assertThat(TestCluster.text(answer.payload())).isEqualTo("not there");
    }

    @Test
    void a_call_that_takes_its_time_is_confirmed() {
        cluster.broker.inbox(ANSWERS);
        send(forward(1, 5000, "hello", false));
        cluster.pass(Duration.ofMillis(60));
        assertThat(kinds()).containsExactly("accepted");
    }

    @Test
    void a_full_node_refuses_with_reason_and_sample() {
        cluster.broker.inbox(ANSWERS);
        send(forward(1, 5000, "one", false), forward(2, 5000, "two", false));
        assertThat(kinds()).containsExactly("refused");
        Headers refusal = cluster.broker.published(ANSWERS).get(0).properties();
        assertThat(refusal.first("reason")).isEqualTo("no_slot");
        assertThat(refusal.first("sample")).startsWith("7 ").endsWith(" 1 1 0 0");
    }

    @Test
    void a_forward_that_is_delivered_twice_runs_once() {
        cluster.broker.duplicate(message -> message.topic().contains("/fwd/"));
        send(forward(1, 5000, "once", false));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(node.counters.repeated()).isEqualTo(1);
        assertThat(node.brainCounters().receivedFrom(true)).isEqualTo(1);
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "a call that a node has comes to it again, in another try of its origin",
            promise = "it runs once; the last try is answered")
    @Test
    void two_tries_of_one_call_run_once_and_the_second_is_answered() {
        cluster.broker.inbox(ANSWERS);
        WireMessage forward = forward(1, 5000, "once", false);
        send(another(forward, 1), another(forward, 2));
        assertThat(node.runtime.started()).hasSize(1);

        node.runtime.started().get(0).answer(TestCluster.response(200, "done"));
        cluster.settle();
        assertThat(kinds()).containsExactly("result");
        assertThat(TestCluster.text(
                        requireNonNull(cluster.broker.published(ANSWERS).get(0).correlation())))
                .isEqualTo("29.2");

        send(another(forward, 3));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(cluster.broker.published(ANSWERS).get(1).properties().first("reason"))
                .isEqualTo("repeated");
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a call waits at the broker for its node",
            promise = "that time counts: it does not begin after its budget")
    @Test
    void the_time_for_which_the_broker_held_a_call_counts() {
        send(heldBack(forward(1, 10_000, "held for seven to eight seconds", false), 3));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(node.effects(Effect.Execute.class).get(0).call().deadlineNanos() - node.loop.nowNanos())
                .isEqualTo(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void a_call_that_was_not_held_has_all_its_time() {
        send(heldBack(forward(1, 9_500, "a second began meanwhile", false), 9));
        assertThat(node.effects(Effect.Execute.class).get(0).call().deadlineNanos() - node.loop.nowNanos())
                .isEqualTo(TimeUnit.SECONDS.toNanos(9));
    }

    @Test
    void a_forward_whose_time_is_up_is_answered_and_not_started() {
        cluster.broker.inbox(ANSWERS);
        send(forward(1, 0, "late", false));
        assertThat(node.runtime.started()).isEmpty();
        assertThat(kinds()).containsExactly("result");
        assertThat(cluster.broker.published(ANSWERS).get(0).properties().first("reason"))
                .isEqualTo("expired_queued");
    }

    @Test
    void a_booked_call_runs_when_its_body_is_there() {
        cluster.broker.inbox(ANSWERS);
        send(forward(1, 5000, "", true));
        assertThat(node.runtime.started()).isEmpty();
        assertThat(cluster.broker.published(ANSWERS).get(0).properties().first("phase"))
                .isEqualTo("booked");
        send(forward(1, 5000, "body", false));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(TestCluster.text(node.runtime.started().get(0).request().body()))
                .isEqualTo("body");
    }

    @Test
    void retained_and_oversized_forwards_are_dropped() {
        send(
                TestCluster.retained(forward(1, 5000, "again and again", false)),
                forward(2, 5000, "x".repeat((int) TestNode.MAX_BODY_BYTES + 1), false));
        // The broker hands a retained message on as a live one, unless it comes with the subscription.
        node.transport.cut();
        node.transport.comeBack();
        cluster.settle();
        node.link.received(TestCluster.retained(forward(3, 5000, "stored", false)));
        assertThat(node.counters.malformed()).isEqualTo(3);
        assertThat(node.runtime.started()).hasSize(1);
    }

    @Test
    void a_dealt_call_is_taken_as_such() {
        WireMessage dealt = forward(1, 5000, "x", false);
        node.link.received(new WireMessage(
                TestNode.TOPICS.spill(SpillGroup.SLOT, TestNode.ECHO, PEER),
                dealt.payload(),
                true,
                false,
                dealt.responseTopic(),
                dealt.correlation(),
                dealt.contentType(),
                5,
                dealt.properties()));
        assertThat(node.runtime.started()).hasSize(1);
    }

    /** What the node sends to its peer, which keeps silent. */
    private WireMessage sentToPeer() {
        String inbox = "p2pfaas/v1/node/peer/from/a/fwd/+";
        cluster.broker.inbox(inbox);
        node.call("mine");
        cluster.settle();
        return cluster.broker.published(inbox).get(0);
    }

    private static WireMessage refusal(NodeId by, long number, long attempt) {
        Sample sample = new Sample(by, 3, 1, new Load(0, 4, 0, 4));
        return new AnswerMessage(
                        new Origin(new NodeId("a"), number, attempt), new Answer.Refused(by, sample, Reason.NO_SLOT))
                .encode(TestNode.TOPICS, 0, 5);
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "a forged answer with a guessed number", promise = "it is dropped")
    @Test
    void only_who_was_given_the_call_can_answer_it() {
        String[] sealed =
                TestCluster.text(requireNonNull(sentToPeer().correlation())).split("\\.", 2);
        long number = Long.parseLong(sealed[0]);
        long attempt = Long.parseLong(sealed[1]);
        NodeId liar = new NodeId("liar");
        send(
                refusal(liar, TestNode.SESSION, attempt),
                refusal(liar, number + 1, attempt),
                refusal(PEER, number, attempt + 1));
        assertThat(node.counters.malformed()).isEqualTo(3);
        assertThat(node.brainCounters().refusalsHeard()).isZero();
        assertThat(node.lastSample(liar)).isNull();

        send(refusal(PEER, number, attempt));
        assertThat(node.brainCounters().refusalsHeard()).isEqualTo(1);
        assertThat(node.runtime.started()).as("refused there, so it runs here").hasSize(1);
    }

    @Fault(in = Fault.Area.NODE, fault = "an answer to a call of a former life", promise = "it is dropped")
    @Test
    void a_number_of_a_former_life_fits_no_more() {
        AttemptSeal former = new AttemptSeal(node.id);
        Origin sealed = former.seal(new Origin(node.id, TestNode.SESSION, 7));
        assertThat(former.isMine(sealed)).isTrue();
        assertThat(sealed.session()).isNotEqualTo(TestNode.SESSION);
        assertThat(new AttemptSeal(node.id).isMine(sealed)).isFalse();
        assertThat(former.isMine(new Origin(PEER, sealed.session(), 7))).isFalse();
        Origin ofPeer = new Origin(PEER, 3, 7);
        assertThat(former.seal(ofPeer)).as("it goes back as it came").isEqualTo(ofPeer);
    }

    @Test
    void a_call_that_the_node_is_said_to_have_sent_but_has_not_is_dropped() {
        WireMessage forged = forward(1, 5000, "x", false);
        Headers.Builder properties = new Headers.Builder();
        forged.properties().forEach(properties::add);
        properties.add("path", "a");
        send(TestCluster.with(forged, properties.build()));
        assertThat(node.counters.malformed()).isEqualTo(1);
        assertThat(node.runtime.started()).isEmpty();
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "forged sample in the name of another node", promise = "it is dropped")
    @Test
    void a_node_can_only_tell_of_itself() {
        NodeId liar = new NodeId("liar");
        Headers claims = Headers.of("kind", "free_slot", "node", "peer", "sample", "3 99 3 4 0 4");
        send(
                TestCluster.with(
                        new NoticeMessage(Notice.FREE_SLOT, new Sample(liar, 3, 9, new Load(2, 4, 0, 4)))
                                .encode(TestNode.TOPICS, node.id),
                        claims),
                TestCluster.with(forward(1, 5000, "x", false), claims));
        assertThat(node.lastSample(PEER)).isNull();
        assertThat(node.counters.malformed()).as("the forward has no budget").isEqualTo(1);
    }

    @Test
    void a_forward_to_a_peer_that_is_gone_is_tried_elsewhere_at_once() {
        LocalCaller caller = node.call("mine");
        cluster.settle();
        assertThat(node.brainCounters().foundNobody()).isEqualTo(1);
        node.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.body()).isEqualTo("here");
        assertThat(caller.path()).containsExactly("a");
    }

    @Test
    void a_probe_is_answered_with_the_sample() {
        cluster.broker.inbox(ANSWERS);
        send(ProbeMessage.encode(TestNode.TOPICS, node.id, PEER, 3, 42));
        assertThat(kinds()).containsExactly("load");
        WireMessage answer = cluster.broker.published(ANSWERS).get(0);
        assertThat(TestCluster.text(requireNonNull(answer.correlation()))).isEqualTo("3.42");
    }

    @Test
    void a_probe_is_answered_to_its_sender_wherever_it_wants_the_answer() {
        cluster.broker.inbox(ANSWERS);
        WireMessage probe = ProbeMessage.encode(TestNode.TOPICS, node.id, PEER, 3, 42);
        send(new WireMessage(
                probe.topic(),
                probe.payload(),
                false,
                false,
                "p2pfaas/v1/config/scheduler",
                probe.correlation(),
                null,
                1,
                Headers.EMPTY));
        assertThat(kinds()).containsExactly("load");
        assertThat(cluster.broker.published("p2pfaas/v1/config/#")).isEmpty();
    }

    @Test
    void a_notice_is_heard_with_its_sample_and_a_broken_one_is_counted() {
        WireMessage notice = new NoticeMessage(Notice.FREE_SLOT, new Sample(PEER, 3, 9, new Load(2, 4, 0, 4)))
                .encode(TestNode.TOPICS, node.id);
        send(notice);
        Sample heard = requireNonNull(node.lastSample(PEER));
        assertThat(heard.load().running()).isEqualTo(2);
        assertThat(node.counters.malformed()).isZero();

        send(
                TestCluster.call(notice.topic(), "", null, null),
                TestCluster.with(notice, Headers.of("kind", "gossip", "sample", "3 10 0 4 0 4")));
        assertThat(node.counters.malformed()).isEqualTo(2);
    }

    @Test
    void nonsense_on_the_answer_topic_is_counted_and_survived() {
        send(
                TestCluster.call("p2pfaas/v1/node/a/from/peer/rsp", "", null, null),
                TestCluster.call("p2pfaas/v1/node/a/from/peer/rsp", "", null, "7"),
                TestCluster.call("p2pfaas/v1/node/a/from/peer/rsp", "", null, "7.99999999999999999999"),
                TestCluster.with(
                        TestCluster.call("p2pfaas/v1/node/a/from/peer/rsp", "", null, "7.1"),
                        Headers.of("kind", "load", "sample", "1 2 3 4 5 six")));
        assertThat(node.counters.malformed()).isEqualTo(4);
        assertThat(node.isLinkUp()).isTrue();
    }
}
