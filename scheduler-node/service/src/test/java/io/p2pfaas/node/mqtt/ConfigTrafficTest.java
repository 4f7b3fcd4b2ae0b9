package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.wire.WireMessage;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One message changes all nodes, once. */
final class ConfigTrafficTest {
    private static final String SCHEDULER = "p2pfaas/v1/config/scheduler";
    private static final String NODE = "p2pfaas/v1/config/node";
    private static final String REPLY = "p2pfaas/v1/cli/admin/rsp";

    private final TestCluster cluster = new TestCluster();
    private final TestNode a = cluster.node("a", TestNode.Plan.holding("BrokerMatch"));
    private final TestNode b = cluster.node("b", TestNode.Plan.holding("BrokerMatch"));

    private void publish(String topic, String text) {
        publish(TestCluster.call(topic, text, null, null));
    }

    private void publish(WireMessage message) {
        cluster.broker.publish(TestCluster.retained(message));
        cluster.settle();
    }

    private void reconnect(TestNode node) {
        node.transport.cut();
        cluster.settle();
        node.transport.comeBack();
        cluster.settle();
        assertThat(node.isLinkUp()).isTrue();
    }

    private List<String> answers() {
        return cluster.broker.published(REPLY).stream()
                .map(answer -> TestCluster.text(answer.payload()))
                .toList();
    }

    @Test
    void one_message_changes_every_node() {
        publish(SCHEDULER, "one");
        publish(NODE, "two");
        assertThat(a.scheduler.taken).containsExactly("one");
        assertThat(b.scheduler.taken).containsExactly("one");
        assertThat(a.configuration.taken).containsExactly("two");
        assertThat(b.configuration.taken).containsExactly("two");
    }

    @Test
    void a_node_that_starts_later_finds_it() {
        publish(SCHEDULER, "one");
        TestNode late = cluster.node("c", TestNode.Plan.holding("BrokerMatch"));
        assertThat(late.scheduler.taken).containsExactly("one");
    }

    @Test
    void after_a_cut_the_same_message_does_not_undo_what_was_changed_since() {
        publish(SCHEDULER, "one");
        reconnect(a);
        assertThat(a.scheduler.taken).containsExactly("one");
        assertThat(a.counters.repeated()).isEqualTo(1);
    }

    @Test
    void after_a_cut_another_message_is_applied() {
        publish(SCHEDULER, "one");
        a.transport.cut();
        cluster.settle();
        publish(SCHEDULER, "two");
        a.transport.comeBack();
        cluster.settle();
        assertThat(a.scheduler.taken).containsExactly("one", "two");
    }

    @Test
    void the_same_message_published_again_is_applied_again() {
        publish(SCHEDULER, "one");
        publish(SCHEDULER, "one");
        assertThat(a.scheduler.taken).containsExactly("one", "one");
    }

    @Test
    void deleting_the_message_changes_nothing_and_lets_it_be_news_again() {
        publish(SCHEDULER, "one");
        publish(SCHEDULER, "");
        assertThat(a.scheduler.taken).containsExactly("one");
        assertThat(a.counters.configRefused()).isZero();
        a.transport.cut();
        cluster.settle();
        publish(SCHEDULER, "one");
        a.transport.comeBack();
        cluster.settle();
        assertThat(a.scheduler.taken).containsExactly("one", "one");
    }

    @Test
    void who_names_a_response_topic_is_answered_by_every_node() {
        publish(TestCluster.call(SCHEDULER, "one", REPLY, "42"));
        assertThat(answers())
                .containsExactlyInAnyOrder("{\"node\":\"a\",\"applied\":true}", "{\"node\":\"b\",\"applied\":true}");
        assertThat(cluster.broker.published(REPLY)).allSatisfy(answer -> {
            assertThat(answer.correlation()).isEqualTo(TestCluster.bytes("42"));
            assertThat(answer.retained()).isFalse();
        });
        reconnect(a);
        assertThat(answers()).hasSize(2);
    }

    @Test
    void what_is_wrong_is_counted_answered_and_changes_nothing() {
        publish(TestCluster.call(SCHEDULER, "bad", REPLY, "42"));
        assertThat(answers())
                .contains("{\"node\":\"a\",\"applied\":false,\"code\":4,\"message\":\"it is \\\"bad\\\"\"}");
        assertThat(a.scheduler.taken).isEmpty();
        assertThat(a.counters.configRefused()).isEqualTo(1);
        reconnect(a);
        assertThat(a.scheduler.refused).as("looked at once").isEqualTo(1);
        assertThat(a.counters.configRefused()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"p2pfaas/v1/node/a/state", "p2pfaas/v1/config/node", "elsewhere", "$SYS/x", "p2pfaas/v1/cli/+"})
    void an_answer_to_where_it_must_not_go_is_not_given_and_nothing_changes(String topic) {
        publish(TestCluster.call(SCHEDULER, "one", topic, "42"));
        assertThat(a.scheduler.taken).isEmpty();
        assertThat(a.counters.unanswerable()).isEqualTo(1);
        assertThat(a.configuration.taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p2pfaas/v1/config",
                "p2pfaas/v1/config/",
                "p2pfaas/v1/config/other",
                "p2pfaas/v1/config/scheduler/",
                "p2pfaas/v1/config/scheduler/n1",
                "p2pfaas/v1/config/NODE",
                "p2pfaas/v2/config/node",
                "p2pfaas/v1//config/node"
            })
    void topics_of_another_shape_are_harmless(String topic) {
        WireMessage forged = TestCluster.call(topic, "one", REPLY, "1");
        publish(forged);
        a.link.received(forged);
        assertThat(a.scheduler.taken).isEmpty();
        assertThat(a.configuration.taken).isEmpty();
        assertThat(a.counters.malformed()).isEqualTo(1);
        assertThat(answers()).isEmpty();
    }

    @Test
    void a_message_that_is_too_large_is_not_looked_at() {
        publish(TestCluster.call(NODE, "x".repeat(64 * 1024 + 1), REPLY, "1"));
        assertThat(a.configuration.taken).isEmpty();
        assertThat(answers()).anySatisfy(answer -> assertThat(answer).contains("larger than 65536 bytes"));
        reconnect(a);
        assertThat(a.counters.configRefused()).isEqualTo(1);
        publish(NODE, "x".repeat(64 * 1024));
        assertThat(a.configuration.taken).hasSize(1);
    }

    @Test
    void when_too_many_changes_wait_one_more_is_refused_and_may_come_again() {
        a.changes = change -> {
            throw new RejectedExecutionException();
        };
        publish(TestCluster.call(SCHEDULER, "one", REPLY, "1"));
        assertThat(answers()).anySatisfy(answer -> assertThat(answer).contains("too many changes are waiting"));
        a.changes = Runnable::run;
        reconnect(a);
        assertThat(a.scheduler.taken).containsExactly("one");
    }
}
