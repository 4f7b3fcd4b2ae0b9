package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallerTrafficTest {
    private static final String ANY_NODE = "p2pfaas/v1/fn/echo";
    private static final String REPLIES = "p2pfaas/v1/cli/me/rsp";
    private static final String DEVICE = "p2pfaas/v1/dev/cam1/req/echo/r1";

    private final TestCluster cluster = new TestCluster();
    private final TestNode node = cluster.stopped("a", TestNode.Plan.holding("NoScheduler(true)"));
    private final List<WireMessage> replies = cluster.broker.inbox(REPLIES);
    private final List<WireMessage> deviceReplies = cluster.broker.inbox("p2pfaas/v1/dev/cam1/rsp/#");

    @BeforeEach
    void start() {
        node.start();
        cluster.settle();
    }

    private void send(WireMessage... messages) {
        for (WireMessage message : messages) {
            cluster.broker.publish(message);
        }
        cluster.settle();
    }

    private void answer(int which, int status, String body) {
        node.runtime.started().get(which).answer(TestCluster.response(status, body));
        cluster.settle();
    }

    private static WireMessage call(String body, String correlation) {
        return TestCluster.call(ANY_NODE, body, REPLIES, correlation);
    }

    @Test
    void an_mqtt_5_call_is_answered_on_its_response_topic() {
        send(call("hello", "c1"));
        answer(0, 200, "world");
        assertThat(replies).hasSize(1);
        WireMessage reply = replies.get(0);
        assertThat(TestCluster.text(reply.payload())).isEqualTo("world");
        assertThat(reply.correlation()).isEqualTo(TestCluster.bytes("c1"));
        assertThat(reply.contentType()).isEqualTo("text/plain");
        assertThat(reply.properties().first("status")).isEqualTo("200");
        assertThat(reply.properties().first("X-P2pfaas-Version")).isEqualTo("0.3.0b");
        assertThat(reply.retained()).isFalse();
    }

    @Test
    void an_answer_is_kept_longer_than_the_call_could_run() {
        send(TestCluster.expiring(call("hello", "c1"), 5));
        answer(0, 200, "world");
        assertThat(replies.get(0).expirySeconds()).isEqualTo(TestNode.REPLY_EXPIRY_SECONDS);
    }

    @Test
    void a_call_to_a_given_node_is_answered_too() {
        send(TestCluster.call("p2pfaas/v1/node/a/fn/echo", "hello", REPLIES, null));
        answer(0, 200, "world");
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).correlation()).isNull();
    }

    @Test
    void user_properties_are_header_fields_and_line_breaks_stay_out() {
        send(TestCluster.with(
                call("x", "c1"), Headers.of("X-Mine", "1", "X-Bad", "a\r\nHost: b", "Bad Name", "x", "method", "PUT")));
        assertThat(node.runtime.started().get(0).request().method()).isEqualTo("PUT");
        Headers given = node.runtime.started().get(0).request().headers();
        assertThat(given.first("X-Mine")).isEqualTo("1");
        assertThat(given.first("X-Bad")).isNull();
        assertThat(given.first("Bad Name")).isNull();
    }

    @Test
    void a_device_of_3_1_1_finds_its_answer_by_topic() {
        send(TestCluster.call(DEVICE, "hello", null, null));
        answer(0, 200, "world");
        assertThat(deviceReplies).hasSize(1);
        assertThat(deviceReplies.get(0).topic()).isEqualTo("p2pfaas/v1/dev/cam1/rsp/r1");
        assertThat(TestCluster.text(deviceReplies.get(0).payload())).isEqualTo("world");
    }

    @Test
    void a_device_of_3_1_1_sees_a_failure_in_the_topic() {
        send(TestCluster.call(DEVICE, "hello", null, null));
        answer(0, 503, "the function's own words");
        assertThat(deviceReplies.get(0).topic()).isEqualTo("p2pfaas/v1/dev/cam1/rsp/r1/503");
    }

    @Test
    void a_full_node_refuses_with_a_reason() {
        send(call("one", "c1"), call("two", "c2"), TestCluster.call(DEVICE, "three", null, null));
        Headers refusal = replies.get(0).properties();
        assertThat(refusal.first("status")).isEqualTo("500");
        assertThat(refusal.first("code")).isEqualTo("400");
        assertThat(refusal.first("reason")).isEqualTo("no_slot");
        assertThat(refusal.first("retry-after")).isEqualTo("1");
        assertThat(TestCluster.text(replies.get(0).payload())).startsWith("{\"code\":400,\"message\":\"Job cannot be");
        assertThat(deviceReplies.get(0).topic()).endsWith("/rsp/r1/500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "..", "%3F", "10.0.0.1:80", " ", "a b", "$x"})
    void a_function_that_there_is_not_is_404(String function) {
        send(
                TestCluster.call("p2pfaas/v1/fn/" + function, "x", REPLIES, "c1"),
                TestCluster.call("p2pfaas/v1/dev/cam1/req/" + function + "/r1", "x", null, null));
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).properties().first("status")).isEqualTo("404");
        assertThat(replies.get(0).properties().first("reason")).isEqualTo("unknown_function");
        assertThat(deviceReplies).hasSize(1);
        assertThat(deviceReplies.get(0).topic()).endsWith("/rsp/r1/404");
    }

    @Test
    void a_body_that_is_too_large_is_413() {
        send(call("x".repeat((int) TestNode.MAX_BODY_BYTES + 1), "c1"));
        assertThat(replies.get(0).properties().first("status")).isEqualTo("413");
        assertThat(node.runtime.started()).isEmpty();
    }

    @Test
    void a_repeat_of_a_call_that_was_refused_unseen_is_refused_again() {
        WireMessage tooLarge = call("x".repeat((int) TestNode.MAX_BODY_BYTES + 1), "c1");
        WireMessage impossible = TestCluster.call("p2pfaas/v1/fn/..", "x", REPLIES, "c2");
        send(tooLarge, impossible, tooLarge, impossible);
        assertThat(replies)
                .extracting(reply -> reply.properties().first("status"))
                .containsExactly("413", "404", "413", "404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p2pfaas/v1/node/b/state",
                "p2pfaas/v1/config/scheduler",
                "p2pfaas/v1/fn/echo",
                "p2pfaas/v1/cli/",
                "p2pfaas/v1/dev/cam1/req/echo/r2",
                "$SYS/broker",
                "p2pfaas/v1/cli/#",
                "elsewhere"
            })
    void a_call_whose_answer_would_go_where_it_must_not_is_not_run(String responseTopic) {
        send(TestCluster.call(ANY_NODE, "x", responseTopic, "c1"));
        assertThat(node.runtime.started()).isEmpty();
        assertThat(node.counters.unanswerable()).isEqualTo(1);
        assertThat(node.brainCounters().receivedFrom(false)).isZero();
    }

    @Test
    void an_answer_may_go_where_the_operator_allows_it() {
        List<WireMessage> allowed = cluster.broker.inbox("answers/+");
        send(TestCluster.call(ANY_NODE, "x", "answers/mine", "c1"));
        answer(0, 200, "y");
        assertThat(allowed).hasSize(1);
    }

    @Test
    void a_repeat_gets_the_stored_answer_and_is_not_run_again() {
        send(call("hello", "c1"));
        answer(0, 200, "world");
        send(call("hello", "c1"));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(replies)
                .extracting(reply -> TestCluster.text(reply.payload()))
                .containsExactly("world", "world");
        assertThat(node.counters.repeated()).isEqualTo(1);
    }

    @Test
    void a_repeat_while_the_call_runs_gets_the_one_answer() {
        cluster.broker.duplicate(message -> message.topic().equals(DEVICE));
        send(TestCluster.call(DEVICE, "hello", null, null));
        answer(0, 200, "world");
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(deviceReplies).hasSize(1);
    }

    @Test
    void an_answer_with_an_error_is_repeated_like_any_other() {
        send(TestCluster.call(DEVICE, "hello", null, null));
        answer(0, 500, "broken");
        send(TestCluster.call(DEVICE, "hello", null, null));
        assertThat(node.runtime.started()).hasSize(1);
        assertThat(deviceReplies).hasSize(2);
    }

    @Test
    void a_repeat_of_a_refused_call_runs() {
        send(call("first", "c1"), call("second", "c2"));
        assertThat(replies).hasSize(1);
        answer(0, 200, "first is done");
        send(call("second", "c2"));
        answer(1, 200, "second is done");
        assertThat(replies)
                .extracting(reply -> reply.properties().first("status"))
                .containsExactly("500", "200", "200");
    }

    @Test
    void the_same_correlation_of_another_caller_is_another_call() {
        List<WireMessage> others = cluster.broker.inbox("p2pfaas/v1/cli/you/rsp");
        send(call("mine", "c1"));
        answer(0, 200, "mine");
        send(TestCluster.call(ANY_NODE, "yours", "p2pfaas/v1/cli/you/rsp", "c1"));
        answer(1, 200, "yours");
        assertThat(others).hasSize(1);
        assertThat(replies).hasSize(1);
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a repeat later than the dedupe window",
            promise = "it is a new call, and runs")
    @Test
    void a_repeat_after_the_window_is_a_new_call() {
        send(call("hello", "c1"));
        answer(0, 200, "world");
        cluster.pass(Duration.ofSeconds(TestNode.WINDOW_SECONDS + 1));
        send(call("hello", "c1"));
        assertThat(node.runtime.started()).hasSize(2);
    }

    @Test
    void a_retained_call_is_dropped() {
        node.link.received(TestCluster.retained(call("again with every connect", "c1")));
        assertThat(node.runtime.started()).isEmpty();
        assertThat(node.counters.malformed()).isEqualTo(1);
    }

    @Test
    void a_call_without_response_topic_is_run_and_forgotten() {
        send(TestCluster.call(ANY_NODE, "x", null, null));
        int before = cluster.broker.published().size();
        answer(0, 200, "nobody asked");
        assertThat(cluster.broker.published()).hasSize(before);
        assertThat(node.brainCounters().endedIn(EndState.DONE, false)).isEqualTo(1);
    }

    @Test
    void a_refused_call_without_response_topic_is_counted() {
        send(TestCluster.call(ANY_NODE, "one", null, null), TestCluster.call(ANY_NODE, "two", null, null));
        assertThat(node.brainCounters().endedIn(EndState.REJECTED, false)).isEqualTo(1);
    }

    @Test
    void expiry_is_the_budget() {
        send(TestCluster.expiring(call("x", "c1"), 2));
        cluster.pass(Duration.ofMillis(2100));
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).properties().first("status")).isEqualTo("504");
        assertThat(replies.get(0).properties().first("reason")).isEqualTo("expired_running");
        assertThat(node.runtime.started().get(0).wasAborted()).isTrue();
    }

    @Test
    void an_expiry_longer_than_the_nodes_own_limit_does_not_lift_it() {
        send(TestCluster.expiring(call("x", "c1"), 4_294_967_295L));
        cluster.pass(Duration.ofSeconds(TestNode.TIMEOUT_SECONDS + 1));
        assertThat(replies.get(0).properties().first("status")).isEqualTo("504");
    }

    @Test
    void a_call_for_a_function_that_only_a_peer_could_have_is_refused_while_there_is_none() {
        node.loop.offer(new Event.FunctionsChanged(Set.of()));
        send(call("x", "c1"));
        assertThat(replies.get(0).properties().first("status")).isEqualTo("404");
    }

    @Test
    void an_answer_that_comes_while_the_link_is_down_is_sent_when_it_is_back() {
        send(call("hello", "c1"));
        node.transport.cut();
        node.runtime.started().get(0).answer(TestCluster.response(200, "world"));
        cluster.settle();
        assertThat(replies).isEmpty();
        node.transport.comeBack();
        cluster.settle();
        assertThat(replies).hasSize(1);
    }

    @Test
    void every_call_is_answered_once_in_a_burst() {
        for (int i = 0; i < 500; i++) {
            cluster.broker.publish(call("x", "c" + i));
        }
        cluster.settle();
        answer(0, 200, "y");
        assertThat(replies).hasSize(500);
        assertThat(replies.stream().map(WireMessage::correlation).distinct()).hasSize(500);
    }
}
