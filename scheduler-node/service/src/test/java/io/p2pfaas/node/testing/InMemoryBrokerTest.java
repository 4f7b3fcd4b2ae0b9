package io.p2pfaas.node.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.mqtt.Transport;
import io.p2pfaas.node.mqtt.Transport.Delivery;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class InMemoryBrokerTest {
    private final InMemoryBroker broker = new InMemoryBroker();

    /** Notes what a client hears, as text. */
    private static final class Ears implements Transport.Listener {
        final List<String> heard = new ArrayList<>();

        @Override
        public void up() {
            heard.add("up");
        }

        @Override
        public void down() {
            heard.add("down");
        }

        @Override
        public void received(WireMessage message) {
            heard.add((message.retained() ? "retained " : "") + message.topic() + "=" + text(message));
        }
    }

    private static String text(WireMessage message) {
        return StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString();
    }

    private static WireMessage message(String topic, String text, boolean atLeastOnce, boolean retained) {
        return new WireMessage(
                topic,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                atLeastOnce,
                retained,
                null,
                null,
                null,
                0,
                Headers.EMPTY);
    }

    private static WireMessage say(String topic, String text) {
        return message(topic, text, true, false);
    }

    private InMemoryTransport connected(String client, Ears ears) {
        InMemoryTransport transport = broker.transport(client);
        transport.start(ears, say("wills/" + client, "dead"));
        broker.deliverAll();
        return transport;
    }

    private <T> T outcome(CompletionStage<T> stage) {
        broker.deliverAll();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    @Test
    void nothing_happens_before_the_test_says_so() {
        Ears ears = new Ears();
        InMemoryTransport transport = broker.transport("a");
        transport.start(ears, say("wills/a", "dead"));
        assertThat(ears.heard).isEmpty();
        assertThat(transport.isConnected()).isFalse();
        broker.deliverAll();
        assertThat(ears.heard).containsExactly("up");
    }

    @Test
    void a_publish_reaches_each_subscriber_once() {
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        outcome(a.subscribe(List.of("x/+", "x/#", "x/y"), true));
        assertThat(outcome(a.publish(say("x/y", "1")))).isEqualTo(Delivery.TAKEN);
        assertThat(ears.heard).containsExactly("up", "x/y=1");
    }

    @Test
    void a_publish_that_nobody_subscribes_to_is_told_at_qos_1_only() {
        InMemoryTransport a = connected("a", new Ears());
        assertThat(outcome(a.publish(say("x", "1")))).isEqualTo(Delivery.NOBODY);
        assertThat(outcome(a.publish(message("x", "1", false, false)))).isEqualTo(Delivery.TAKEN);
        broker.saysNothingOfNobody();
        assertThat(outcome(a.publish(say("x", "1")))).isEqualTo(Delivery.TAKEN);
    }

    @Test
    void an_unsubscribed_filter_is_silent() {
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        outcome(a.subscribe(List.of("x"), true));
        outcome(a.unsubscribe(List.of("x")));
        assertThat(outcome(a.publish(say("x", "1")))).isEqualTo(Delivery.NOBODY);
        assertThat(ears.heard).containsExactly("up");
    }

    @Test
    void members_of_a_group_take_turns_and_a_subscriber_of_its_own_hears_all() {
        Ears first = new Ears();
        Ears second = new Ears();
        InMemoryTransport a = connected("a", first);
        InMemoryTransport b = connected("b", second);
        outcome(a.subscribe(List.of("$share/g/x"), true));
        outcome(b.subscribe(List.of("$share/g/x"), true));
        List<WireMessage> inbox = broker.inbox("x");
        for (int i = 1; i <= 4; i++) {
            broker.publish(say("x", "" + i));
        }
        broker.deliverAll();
        assertThat(first.heard).containsExactly("up", "x=1", "x=3");
        assertThat(second.heard).containsExactly("up", "x=2", "x=4");
        assertThat(inbox).hasSize(4);
    }

    @Test
    void two_groups_hear_one_message_each() {
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        outcome(a.subscribe(List.of("$share/g/x", "$share/h/x"), true));
        broker.publish(say("x", "1"));
        broker.deliverAll();
        assertThat(ears.heard).containsExactly("up", "x=1", "x=1");
    }

    @Test
    void a_retained_message_waits_for_subscribers_but_not_for_groups() {
        broker.publish(message("x", "old", true, true));
        broker.publish(message("x", "new", true, true));
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        outcome(a.subscribe(List.of("$share/g/x"), true));
        outcome(a.subscribe(List.of("x"), true));
        assertThat(ears.heard).containsExactly("up", "retained x=new");
        broker.publish(message("x", "live", true, true));
        broker.deliverAll();
        assertThat(ears.heard).contains("x=live");
    }

    @Test
    void an_empty_retained_message_deletes_what_was_retained() {
        broker.publish(message("x", "old", true, true));
        broker.publish(message("x", "", true, true));
        broker.deliverAll();
        assertThat(broker.retained("x")).isNull();
    }

    @Test
    void quality_of_service_is_the_lower_of_the_two() {
        List<Boolean> atLeastOnce = new ArrayList<>();
        InMemoryTransport a = broker.transport("a");
        a.start(
                new Transport.Listener() {
                    @Override
                    public void up() {
                        // Not what this is about.
                    }

                    @Override
                    public void down() {
                        // Nor this.
                    }

                    @Override
                    public void received(WireMessage message) {
                        atLeastOnce.add(message.atLeastOnce());
                    }
                },
                say("w", ""));
        broker.deliverAll();
        outcome(a.subscribe(List.of("low"), false));
        outcome(a.subscribe(List.of("high"), true));
        broker.publish(say("low", "1"));
        broker.publish(say("high", "1"));
        broker.publish(message("high", "1", false, false));
        broker.deliverAll();
        assertThat(atLeastOnce).containsExactly(false, true, false);
    }

    @Test
    void a_cut_link_sends_the_will_and_loses_subscriptions_and_what_was_under_way() {
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        List<WireMessage> wills = broker.inbox("wills/+");
        outcome(a.subscribe(List.of("x"), true));
        CompletionStage<Delivery> underWay = a.publish(say("x", "1"));
        CompletionStage<Void> subscribing = a.subscribe(List.of("y"), true);
        a.cut();
        assertThat(outcome(underWay)).isEqualTo(Delivery.UNKNOWN);
        assertThat(subscribing.toCompletableFuture()).isCompletedExceptionally();
        assertThat(wills).hasSize(1);
        assertThat(broker.hasSubscriber("x")).isFalse();
        assertThat(outcome(a.publish(say("x", "2")))).isEqualTo(Delivery.FAILED);
        a.comeBack();
        broker.deliverAll();
        broker.publish(say("x", "3"));
        broker.deliverAll();
        assertThat(ears.heard).containsExactly("up", "down", "up");
    }

    @Test
    void a_publish_may_be_taken_and_its_acknowledgement_lost() {
        List<WireMessage> inbox = broker.inbox("x");
        InMemoryTransport a = connected("a", new Ears());
        CompletionStage<Delivery> publish = a.publish(say("x", "1"));
        broker.deliverNext();
        a.cut();
        assertThat(outcome(publish)).isEqualTo(Delivery.UNKNOWN);
        assertThat(inbox).hasSize(1);
    }

    @Test
    void who_closes_leaves_no_will_and_stays_away() {
        Ears ears = new Ears();
        InMemoryTransport a = connected("a", ears);
        List<WireMessage> wills = broker.inbox("wills/+");
        a.close();
        a.comeBack();
        broker.deliverAll();
        assertThat(wills).isEmpty();
        assertThat(ears.heard).containsExactly("up", "down");
    }

    @Test
    void qos_1_messages_can_be_delivered_twice() {
        broker.duplicate(message -> text(message).equals("twice"));
        List<WireMessage> inbox = broker.inbox("x");
        broker.publish(say("x", "once"));
        broker.publish(say("x", "twice"));
        broker.publish(message("x", "twice", false, false));
        broker.deliverAll();
        assertThat(inbox).hasSize(4);
    }

    @Test
    void what_a_listener_publishes_while_it_hears_is_delivered_too() {
        List<WireMessage> pongs = broker.inbox("pong");
        InMemoryTransport a = broker.transport("a");
        a.start(
                new Transport.Listener() {
                    @Override
                    public void up() {
                        a.subscribe(List.of("ping"), true);
                    }

                    @Override
                    public void down() {
                        // It never is.
                    }

                    @Override
                    public void received(WireMessage message) {
                        a.publish(say("pong", text(message)));
                    }
                },
                say("w", ""));
        broker.deliverAll();
        broker.publish(say("ping", "1"));
        broker.deliverAll();
        assertThat(pongs).hasSize(1);
        assertThat(broker.published("pong")).hasSize(1);
    }
}
