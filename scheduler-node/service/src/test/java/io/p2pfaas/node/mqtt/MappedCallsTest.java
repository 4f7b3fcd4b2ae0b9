package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicPattern;
import io.p2pfaas.node.call.TopicTemplate;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics of others whose messages are calls, and what one device may ask for. */
final class MappedCallsTest {
    private static final String INPUT = "sensors/a b/raw";
    private static final TopicPattern FILTER = TopicPattern.of("sensors/+/raw");

    private final TestCluster cluster = new TestCluster();
    private final List<WireMessage> outputs = cluster.broker.inbox("out/#");
    private final List<WireMessage> errors = cluster.broker.inbox("bad/#");
    private final List<WireMessage> replies = cluster.broker.inbox("p2pfaas/v1/cli/me/rsp");

    private static TopicMapping mapping(String function, boolean retain) {
        return new TopicMapping(
                FILTER,
                new FunctionName(function),
                Optional.of(TopicTemplate.of("out/{1}", FILTER)),
                Optional.of(TopicTemplate.of("bad/{1}", FILTER)),
                retain);
    }

    private TestNode node(TestNode.Plan plan) {
        TestNode node = cluster.stopped("a", plan);
        node.start();
        cluster.settle();
        return node;
    }

    private TestNode holding() {
        return node(TestNode.Plan.holding("NoScheduler(true)").withMapping(mapping("echo", false)));
    }

    private void send(WireMessage message) {
        cluster.broker.publish(message);
        cluster.settle();
    }

    private void answer(TestNode node, int status, String body) {
        node.runtime.started().get(0).answer(TestCluster.response(status, body));
        cluster.settle();
    }

    @Test
    void the_answer_goes_to_the_output_topic_with_its_content_type() {
        TestNode node = holding();
        send(TestCluster.call(INPUT, "hello", null, null));
        answer(node, 200, "world");

        assertThat(outputs).hasSize(1);
        WireMessage output = outputs.get(0);
        assertThat(output.topic()).isEqualTo("out/a b");
        assertThat(TestCluster.text(output.payload())).isEqualTo("world");
        assertThat(output.contentType()).isEqualTo("text/plain");
        assertThat(output.atLeastOnce()).isTrue();
        assertThat(output.retained()).isFalse();
        assertThat(output.expirySeconds()).isEqualTo(TestNode.REPLY_EXPIRY_SECONDS);
    }

    @Test
    void the_function_is_told_the_topic_and_nobody_else_may_tell_it() {
        TestNode node = holding();
        send(TestCluster.with(
                TestCluster.call(INPUT, "hello", null, null), Headers.of("X-P2PFAAS-TOPIC", "forged", "X-Mine", "1")));

        Headers given = node.runtime.started().get(0).request().headers();
        assertThat(given.first("X-P2pfaas-Topic")).isEqualTo("sensors/a%20b/raw");
        assertThat(given.first("X-Mine")).isEqualTo("1");
    }

    @Test
    void an_allowed_response_topic_wins_and_another_one_is_passed_over() {
        TestNode node = holding();
        send(TestCluster.call(INPUT, "hello", "p2pfaas/v1/cli/me/rsp", "c1"));
        answer(node, 200, "world");
        assertThat(replies).hasSize(1);
        assertThat(outputs).isEmpty();

        send(TestCluster.call(INPUT, "hello", "somebody/else", "c2"));
        node.runtime.started().get(1).answer(TestCluster.response(200, "world"));
        cluster.settle();
        assertThat(outputs).hasSize(1);
    }

    @Test
    void a_failure_is_json_on_the_errors_topic_and_counted() {
        TestNode node = holding();
        send(TestCluster.call(INPUT, "hello", null, null));
        answer(node, 422, "no \"image\"");

        assertThat(outputs).isEmpty();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).topic()).isEqualTo("bad/a b");
        assertThat(errors.get(0).contentType()).isEqualTo("application/json");
        assertThat(TestCluster.text(errors.get(0).payload()))
                .isEqualTo("{\"code\":1,\"status\":422,\"message\":\"the function answered 422: no \\\"image\\\"\","
                        + "\"topic\":\"sensors/a b/raw\"}");
        assertThat(node.counters.mappedFailed()).isEqualTo(1);
    }

    @Test
    void a_function_that_nobody_has_is_told_on_the_errors_topic() {
        node(TestNode.Plan.holding("NoScheduler(true)").withMapping(mapping("nope", false)));
        send(TestCluster.call(INPUT, "hello", null, null));

        assertThat(TestCluster.text(errors.get(0).payload()))
                .startsWith("{\"code\":3,\"status\":404,\"message\":\"Not");
    }

    @Test
    void a_body_that_is_too_large_is_told_on_the_errors_topic() {
        holding();
        send(TestCluster.call(INPUT, "x".repeat((int) TestNode.MAX_BODY_BYTES + 1), null, null));

        assertThat(TestCluster.text(errors.get(0).payload())).contains("\"status\":413");
    }

    @Test
    void a_retained_answer_stays_for_ever() {
        TestNode node = node(TestNode.Plan.holding("NoScheduler(true)").withMapping(mapping("echo", true)));
        send(TestCluster.call(INPUT, "hello", null, null));
        answer(node, 200, "world");

        assertThat(outputs.get(0).expirySeconds()).isZero();
    }

    @Test
    void a_repeat_is_recognised_by_its_correlation_data() {
        TestNode node = holding();
        send(TestCluster.call(INPUT, "hello", null, "c1"));
        answer(node, 200, "world");
        send(TestCluster.call(INPUT, "hello", null, "c1"));

        assertThat(node.runtime.started()).hasSize(1);
        assertThat(outputs).hasSize(2);
    }

    @Test
    void a_retained_message_is_no_call() {
        TestNode node = holding();
        cluster.broker.publish(TestCluster.call("other", "x", null, null));
        node.link.received(TestCluster.retained(TestCluster.call(INPUT, "hello", null, null)));
        cluster.settle();

        assertThat(node.runtime.started()).isEmpty();
        assertThat(node.counters.malformed()).isEqualTo(1);
    }

    @Test
    void an_output_that_nobody_hears_is_not_sent_again() {
        TopicMapping unheard = new TopicMapping(
                FILTER, TestNode.ECHO, Optional.of(TopicTemplate.of("unheard", FILTER)), Optional.empty(), false);
        TestNode node = node(TestNode.Plan.holding("NoScheduler(true)").withMapping(unheard));
        send(TestCluster.call(INPUT, "hello", null, null));
        answer(node, 200, "world");
        cluster.pass(Duration.ofSeconds(5));

        assertThat(node.counters.answersDropped()).isZero();
    }

    @Test
    void a_message_expiry_is_the_budget_of_a_mapped_call() {
        holding();
        send(TestCluster.expiring(TestCluster.call(INPUT, "hello", null, null), 2));
        cluster.pass(Duration.ofSeconds(3));

        assertThat(TestCluster.text(errors.get(0).payload())).contains("\"status\":504");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p2pfaas/v1/dev/cam1/req/echo/", "p2pfaas/v1/fn/echo", "sensors/x/raw"})
    void a_device_above_its_rate_is_told_429_and_when_to_try_again(String topic) {
        CallerLimit limit =
                new CallerLimit(Optional.of(new Allowance(1, Duration.ofSeconds(10))), 1, Optional.empty(), 0);
        TestNode node = node(TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo())
                .withMapping(mapping("echo", false))
                .withLimit(limit));
        List<WireMessage> device = cluster.broker.inbox("p2pfaas/v1/dev/cam1/rsp/#");
        boolean isDevice = topic.endsWith("/");
        for (int i = 0; i < 2; i++) {
            send(TestCluster.call(
                    isDevice ? topic + i : topic, "x", isDevice ? null : "p2pfaas/v1/cli/me/rsp", "c" + i));
        }
        cluster.settle();

        WireMessage refusal = isDevice ? device.get(1) : replies.get(1);
        assertThat(refusal.properties().first("status")).isEqualTo("429");
        assertThat(refusal.properties().first("reason")).isEqualTo("rate_limited");
        assertThat(refusal.properties().first("retry-after")).isEqualTo("10");
        assertThat(refusal.expirySeconds()).isEqualTo(TestNode.REPLY_EXPIRY_SECONDS);
        if (isDevice) {
            assertThat(refusal.topic()).endsWith("/rsp/1/429");
        }
        assertThat(node.counters.limited("rate")).isEqualTo(1);
        cluster.clock.advance(Duration.ofSeconds(10));
        send(TestCluster.call(isDevice ? topic + 1 : topic, "x", isDevice ? null : "p2pfaas/v1/cli/me/rsp", "c1"));
        assertThat((isDevice ? device : replies).get(2).properties().first("status"))
                .isEqualTo("201");
    }

    private static CallerLimit onceIn10Seconds() {
        return new CallerLimit(Optional.of(new Allowance(1, Duration.ofSeconds(10))), 1, Optional.empty(), 0);
    }

    @Test
    void who_names_ever_new_inboxes_uses_what_all_callers_on_fn_share() {
        TestNode node = node(
                TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()).withLimit(onceIn10Seconds()));
        List<WireMessage> inboxes = cluster.broker.inbox("p2pfaas/v1/cli/#");
        for (int i = 0; i <= TestNode.FN_CALLERS; i++) {
            send(TestCluster.call("p2pfaas/v1/fn/echo", "x", "p2pfaas/v1/cli/c" + i + "/rsp", "1"));
        }
        assertThat(inboxes.get(TestNode.FN_CALLERS).properties().first("status"))
                .isEqualTo("429");
        assertThat(node.counters.limited("rate")).isEqualTo(1);
        assertThat(inboxes.subList(0, TestNode.FN_CALLERS))
                .allSatisfy(answer ->
                        assertThat(answer.properties().first("status")).isEqualTo("201"));
    }

    @Test
    void a_devices_repeats_count_and_too_many_are_not_answered() {
        TestNode node = node(
                TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()).withLimit(onceIn10Seconds()));
        List<WireMessage> device = cluster.broker.inbox("p2pfaas/v1/dev/cam1/rsp/#");
        WireMessage call = TestCluster.call("p2pfaas/v1/dev/cam1/req/echo/1", "x", null, null);
        send(call);
        send(call);
        assertThat(device).hasSize(1);
        assertThat(node.counters.limited("rate")).isEqualTo(1);

        cluster.clock.advance(Duration.ofSeconds(10));
        send(call);
        assertThat(device).as("the same answer again").hasSize(2);
        assertThat(node.runtime.started()).hasSize(1);
    }

    @Test
    void calls_in_flight_are_counted_until_they_end() {
        TestNode node = node(TestNode.Plan.holding("NoScheduler(true)")
                .withLimit(new CallerLimit(Optional.empty(), 1, Optional.empty(), 1)));
        List<WireMessage> device = cluster.broker.inbox("p2pfaas/v1/dev/cam1/rsp/#");
        send(TestCluster.call("p2pfaas/v1/dev/cam1/req/echo/1", "x", null, null));
        send(TestCluster.call("p2pfaas/v1/dev/cam1/req/echo/2", "x", null, null));
        assertThat(device.get(0).topic()).endsWith("/rsp/2/429");
        answer(node, 200, "y");
        send(TestCluster.call("p2pfaas/v1/dev/cam1/req/echo/2", "x", null, null));

        assertThat(node.runtime.started()).hasSize(2);
    }

    @Test
    void whoever_may_publish_there_cannot_have_an_answer_sent_to_a_device() {
        TestNode node = holding();
        List<WireMessage> device = cluster.broker.inbox("p2pfaas/v1/dev/cam9/rsp/1");

        send(TestCluster.call(INPUT, "forged", "p2pfaas/v1/dev/cam9/rsp/1", "1"));
        answer(node, 200, "forged");

        assertThat(device).isEmpty();
        assertThat(outputs).hasSize(1);
    }

    @Test
    void two_devices_that_use_the_same_correlation_data_are_two_callers() {
        TestNode node = holding();
        List<WireMessage> others = cluster.broker.inbox("p2pfaas/v1/cli/you/rsp");

        send(TestCluster.call(INPUT, "one", "p2pfaas/v1/cli/me/rsp", "1"));
        send(TestCluster.call(INPUT, "two", "p2pfaas/v1/cli/you/rsp", "1"));
        answer(node, 200, "done");

        assertThat(replies).hasSize(1);
        assertThat(TestCluster.text(replies.get(0).payload())).isEqualTo("done");
        assertThat(others).hasSize(1);
        assertThat(TestCluster.text(others.get(0).payload())).contains("no slot is free");
    }

    @Test
    void a_topic_whose_output_no_broker_could_carry_is_counted_and_not_called() {
        TestNode node = node(TestNode.Plan.holding("NoScheduler(true)")
                .withMapping(new TopicMapping(
                        FILTER,
                        new FunctionName("echo"),
                        Optional.of(TopicTemplate.of("out/{1}/{1}", FILTER)),
                        Optional.empty(),
                        false)));

        send(TestCluster.call("sensors/" + "x".repeat(33_000) + "/raw", "hello", null, null));

        assertThat(node.runtime.started()).isEmpty();
        assertThat(node.counters.unanswerable()).isEqualTo(1);
    }

    @Test
    void calls_that_have_not_ended_hold_so_much_memory_and_no_more() {
        TestNode node = node(new TestNode.Plan(1, 10, "NoScheduler(false)", 1, true, FakeRuntime.holding()));
        String correlation = "c".repeat(60_000);

        for (int i = 0; i < 4; i++) {
            send(TestCluster.call("p2pfaas/v1/fn/echo", "hello", "p2pfaas/v1/cli/me/rsp", correlation + i));
        }
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).properties().first("reason")).isEqualTo("too_many_bodies");
        assertThat(replies.get(0).properties().first("status")).isEqualTo("503");

        answer(node, 200, "done");
        send(TestCluster.call("p2pfaas/v1/fn/echo", "hello", "p2pfaas/v1/cli/me/rsp", correlation + "again"));
        assertThat(replies).hasSize(2);
    }

    @Test
    void properties_that_no_function_could_take_are_refused() {
        TestNode node = holding();

        send(TestCluster.with(
                TestCluster.call("p2pfaas/v1/fn/echo", "hello", "p2pfaas/v1/cli/me/rsp", "1"),
                Headers.of("note", "x".repeat(33_000))));

        assertThat(node.runtime.started()).isEmpty();
        assertThat(replies.get(0).properties().first("reason")).isEqualTo("properties_too_large");
    }
}
