package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.p2pfaas.node.app.Node;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that was drained is closed once more when its process ends. */
final class NodeEndIT {
    private static final int NOBODY = 1;

    private static Node started() {
        return Node.start(
                Flags.forBroker(NOBODY).with("functions", "echo=builtin:echo").settings());
    }

    @Test
    void a_node_that_has_left_can_be_closed_again() {
        Node node = started();
        node.close();

        assertThatCode(node::close).doesNotThrowAnyException();
    }

    @Test
    void a_node_that_two_close_at_once_leaves_once() {
        Node node = started();
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(node::close);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(node::close);

        assertThat(CompletableFuture.allOf(leaving, stopping)).succeedsWithin(Await.PATIENCE);
    }
}
