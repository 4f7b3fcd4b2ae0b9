package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LinkEchoTest {
    private final TestCluster cluster = new TestCluster();

    private CompletableFuture<OptionalLong> measure(TestNode node) {
        CompletableFuture<OptionalLong> measured = node.link.echo().measure().toCompletableFuture();
        cluster.settle();
        return measured;
    }

    @Test
    void messages_on_the_own_watch_topic_come_back() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
        assertThat(measure(node).join()).isPresent();
        assertThat(cluster.broker.published("p2pfaas/v1/watch/a"))
                .hasSize(12)
                .allSatisfy(message -> assertThat(message.atLeastOnce()).isTrue());
    }

    @Test
    void without_a_broker_there_is_nothing_to_measure() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
        node.transport.cut();
        cluster.settle();
        assertThat(measure(node).join()).isEmpty();
    }
}
