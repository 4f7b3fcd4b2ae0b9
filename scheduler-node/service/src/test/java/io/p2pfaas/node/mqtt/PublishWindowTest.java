package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.mqtt.Transport.Delivery;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class PublishWindowTest {
    private static final int MAX_WAITING = 3;
    private static final long MAX_WAITING_BYTES = 100;

    private final List<String> sent = new ArrayList<>();
    private final Deque<CompletableFuture<Delivery>> unacknowledged = new ArrayDeque<>();
    private final PublishWindow window = new PublishWindow(this::client, MAX_WAITING, MAX_WAITING_BYTES);

    private CompletionStage<Delivery> client(WireMessage message) {
        String text = TestCluster.text(message.payload());
        if (text.startsWith("impossible")) {
            throw new IllegalArgumentException("cannot be encoded");
        }
        sent.add(text);
        CompletableFuture<Delivery> acknowledgement = new CompletableFuture<>();
        if (text.startsWith("at once")) {
            acknowledgement.complete(Delivery.TAKEN);
        } else {
            unacknowledged.add(acknowledgement);
        }
        return acknowledgement;
    }

    private CompletionStage<Delivery> publish(String text) {
        return window.publish(TestCluster.call("t", text, null, null));
    }

    @Test
    void nothing_goes_out_before_there_is_a_connection() {
        assertThat(publish("1")).isCompletedWithValue(Delivery.FAILED);
        assertThat(sent).isEmpty();
    }

    @Test
    void as_many_go_out_as_the_window_is_wide_and_the_rest_in_order() {
        window.open(2);
        List<CompletionStage<Delivery>> results = new ArrayList<>();
        for (String text : List.of("1", "2", "3", "4")) {
            results.add(publish(text));
        }
        assertThat(sent).containsExactly("1", "2");
        unacknowledged.remove().complete(Delivery.NOBODY);
        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(results.get(0)).isCompletedWithValue(Delivery.NOBODY);
        assertThat(results.get(1)).isNotDone();
        unacknowledged.remove().completeExceptionally(new IllegalStateException("on purpose"));
        assertThat(results.get(1)).isCompletedWithValue(Delivery.FAILED);
        assertThat(sent).containsExactly("1", "2", "3", "4");
    }

    @Test
    void what_does_not_fit_fails_at_once() {
        window.open(1);
        publish("under way");
        assertThat(publish("x".repeat(101))).isCompletedWithValue(Delivery.FAILED);
        for (int i = 0; i < MAX_WAITING; i++) {
            assertThat(publish("waits")).isNotDone();
        }
        assertThat(publish("one too many")).isCompletedWithValue(Delivery.FAILED);
    }

    @Test
    void a_lost_connection_fails_what_waits_and_late_acknowledgements_change_nothing() {
        window.open(1);
        CompletionStage<Delivery> underWay = publish("1");
        CompletionStage<Delivery> waiting = publish("2");
        window.close();
        assertThat(underWay).as("the broker may have it").isCompletedWithValue(Delivery.UNKNOWN);
        assertThat(waiting).isCompletedWithValue(Delivery.FAILED);
        window.open(1);
        unacknowledged.remove().complete(Delivery.TAKEN);
        CompletionStage<Delivery> next = publish("3");
        assertThat(publish("4")).isNotDone();
        assertThat(sent).containsExactly("1", "3");
        unacknowledged.remove().complete(Delivery.TAKEN);
        assertThat(next).isCompletedWithValue(Delivery.TAKEN);
        assertThat(sent).containsExactly("1", "3", "4");
    }

    @Test
    void a_message_that_the_client_cannot_encode_does_not_stop_those_behind_it() {
        window.open(1);
        CompletionStage<Delivery> first = publish("1");
        CompletionStage<Delivery> impossible = publish("impossible");
        CompletionStage<Delivery> behind = publish("at once");
        unacknowledged.remove().complete(Delivery.TAKEN);
        assertThat(first).isCompletedWithValue(Delivery.TAKEN);
        assertThat(impossible).isCompletedWithValue(Delivery.FAILED);
        assertThat(behind).isCompletedWithValue(Delivery.TAKEN);
        assertThat(publish("impossible too")).isCompletedWithValue(Delivery.FAILED);
        assertThat(publish("at once again")).isCompletedWithValue(Delivery.TAKEN);
    }

    @Test
    void acknowledgements_that_come_at_once_do_not_grow_the_stack() {
        PublishWindow wide = new PublishWindow(this::client, 100_000, Long.MAX_VALUE);
        wide.open(1);
        wide.publish(TestCluster.call("t", "first", null, null));
        for (int i = 0; i < 50_000; i++) {
            wide.publish(TestCluster.call("t", "at once", null, null));
        }
        unacknowledged.remove().complete(Delivery.TAKEN);
        assertThat(sent).hasSize(50_001);
    }
}
