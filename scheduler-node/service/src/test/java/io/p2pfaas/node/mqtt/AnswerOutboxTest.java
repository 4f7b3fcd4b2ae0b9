package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.InMemoryBroker;
import io.p2pfaas.node.testing.InMemoryTransport;
import io.p2pfaas.node.testing.ManualClock;
import io.p2pfaas.node.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerOutboxTest {
    private final InMemoryBroker broker = new InMemoryBroker();
    private final InMemoryTransport transport = broker.transport("a");
    private final ManualClock clock = new ManualClock();
    private final List<Runnable> later = new ArrayList<>();
    private final LinkCounters counters = new LinkCounters();
    private final AnswerOutbox outbox = new AnswerOutbox(transport, clock, later::add, counters);

    private final class Link implements Transport.Listener {
        @Override
        public void up() {
            outbox.linkUp();
        }

        @Override
        public void down() {
            outbox.linkDown();
        }

        @Override
        public void received(WireMessage message) {
            // It only sends.
        }
    }

    private void connect() {
        transport.start(new Link(), TestCluster.call("will", "", null, null));
        broker.deliverAll();
    }

    private static WireMessage answer(String text, long expirySeconds) {
        return TestCluster.expiring(TestCluster.call("r", text, null, null), expirySeconds);
    }

    private void retry() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
        broker.deliverAll();
    }

    private List<String> texts(List<WireMessage> messages) {
        return messages.stream()
                .map(message -> TestCluster.text(message.payload()))
                .toList();
    }

    @Test
    void answers_are_kept_while_the_link_is_down_and_sent_in_order() {
        List<WireMessage> inbox = broker.inbox("r");
        outbox.send(answer("1", 10));
        outbox.send(answer("2", 10));
        broker.deliverAll();
        assertThat(inbox).isEmpty();
        connect();
        assertThat(texts(inbox)).containsExactly("1", "2");
        assertThat(counters.answersDropped()).isZero();
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "the broker loses an answer",
            promise = "it is sent again, for as long as somebody may want it")
    @Test
    void an_answer_that_nobody_heard_is_tried_again() {
        connect();
        outbox.send(answer("1", 10));
        broker.deliverAll();
        assertThat(later).hasSize(1);
        List<WireMessage> inbox = broker.inbox("r");
        retry();
        assertThat(texts(inbox)).containsExactly("1");
        assertThat(later).isEmpty();
    }

    @Test
    void it_is_not_tried_for_ever() {
        connect();
        outbox.send(answer("1", 1_000_000));
        broker.deliverAll();
        for (int i = 0; i < 20; i++) {
            retry();
        }
        assertThat(later).isEmpty();
        assertThat(broker.published("r")).hasSize(9);
        assertThat(counters.answersDropped()).isEqualTo(1);
    }

    @Test
    void an_answer_that_nobody_wants_any_more_is_not_tried_again() {
        connect();
        outbox.send(answer("1", 2));
        clock.advance(Duration.ofSeconds(2));
        broker.deliverAll();
        assertThat(later).isEmpty();
        assertThat(counters.answersDropped()).isEqualTo(1);
    }

    @Test
    void an_answer_that_grew_old_while_the_link_was_down_is_dropped() {
        List<WireMessage> inbox = broker.inbox("r");
        outbox.send(answer("old", 2));
        outbox.send(answer("good", 5));
        clock.advance(Duration.ofSeconds(3));
        connect();
        assertThat(texts(inbox)).containsExactly("good");
        assertThat(counters.answersDropped()).isEqualTo(1);
    }

    @Test
    void an_answer_under_way_when_the_link_breaks_is_sent_when_it_is_back() {
        List<WireMessage> inbox = broker.inbox("r");
        connect();
        outbox.send(answer("1", 10));
        transport.cut();
        retry();
        transport.comeBack();
        broker.deliverAll();
        retry();
        assertThat(texts(inbox)).containsExactly("1");
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "answers pile up while the broker is away",
            promise = "10,000 and 32 MiB are kept; the rest is counted")
    @Test
    void it_keeps_ten_thousand_answers_and_counts_the_rest() {
        for (int i = 0; i < 10_001; i++) {
            outbox.send(answer("" + i, 10));
        }
        assertThat(counters.answersDropped()).isEqualTo(1);
    }

    @Test
    void it_keeps_32_mebibytes() {
        // A hundred bytes are for what a message has besides.
        String mebibyte = "x".repeat(1024 * 1024 - 100);
        for (int i = 0; i < 33; i++) {
            outbox.send(answer(mebibyte, 10));
        }
        assertThat(counters.answersDropped()).isEqualTo(1);
        List<WireMessage> inbox = broker.inbox("r");
        connect();
        assertThat(inbox).hasSize(32);
        transport.cut();
        outbox.send(answer(mebibyte, 10));
        assertThat(counters.answersDropped()).as("room again").isEqualTo(1);
    }

    @Test
    void answers_that_wait_for_another_try_are_bounded_too() {
        connect();
        for (int i = 0; i < 20_000; i++) {
            outbox.send(answer("" + i, 10));
        }
        broker.deliverAll();
        assertThat(later).hasSize(10_000);
        assertThat(counters.answersDropped()).isEqualTo(10_000);
        List<WireMessage> inbox = broker.inbox("r");
        retry();
        assertThat(inbox).hasSize(10_000);
        outbox.send(answer("room again", 10));
        broker.deliverAll();
        assertThat(inbox).hasSize(10_001);
    }
}
