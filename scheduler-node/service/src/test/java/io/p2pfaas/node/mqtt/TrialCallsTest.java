package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TrialCallsTest {
    private final TestCluster cluster = new TestCluster();

    private static Request request(String body) {
        return new Request(
                "POST",
                "",
                "",
                Headers.of("Content-Type", "text/plain", "X-Mine", "1"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    private CompletableFuture<Response> tryOut(TestNode node) {
        CompletableFuture<Response> answer =
                node.link.trials().call(TestNode.ECHO, request("hello")).toCompletableFuture();
        cluster.settle();
        return answer;
    }

    @Test
    void the_call_goes_over_the_broker_and_its_answer_comes_back() {
        TestNode node = cluster.node("a", new TestNode.Plan(1, 0, "NoScheduler", 1, true, TestCluster.echo()));

        Response answer = tryOut(node).join();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(TestCluster.text(answer.body())).isEqualTo("hello");
        WireMessage call = cluster.broker.published("p2pfaas/v1/fn/echo").get(0);
        assertThat(call.responseTopic()).isEqualTo("p2pfaas/v1/cli/a/trial");
        assertThat(call.contentType()).isEqualTo("text/plain");
        assertThat(call.properties().first("X-Mine")).isEqualTo("1");
    }

    @Test
    void without_a_broker_it_is_said_at_once() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
        node.transport.cut();
        cluster.settle();
        assertThat(tryOut(node).join().status()).isEqualTo(503);
    }

    @Test
    void no_more_are_tried_at_once_than_there_is_room_for() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
        for (int i = 0; i < TrialCalls.MAX_WAITING; i++) {
            assertThat(node.link.trials().call(TestNode.ECHO, request("x")).toCompletableFuture())
                    .isNotDone();
        }
        assertThat(tryOut(node).join().status()).isEqualTo(503);
    }

    @Test
    void an_answer_that_is_too_large_to_be_read_is_not_kept() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
        CompletableFuture<Response> answer = tryOut(node);
        ByteBuffer correlation =
                cluster.broker.published("p2pfaas/v1/fn/echo").get(0).correlation();
        node.link.received(TestCluster.call(
                "p2pfaas/v1/cli/a/trial",
                "x".repeat(TrialCalls.MAX_ANSWER_BYTES + 1),
                null,
                correlation == null ? null : TestCluster.text(correlation)));

        assertThat(answer.join().status()).isEqualTo(502);
        assertThat(TestCluster.text(answer.join().body())).contains("1048577 bytes");
    }
}
