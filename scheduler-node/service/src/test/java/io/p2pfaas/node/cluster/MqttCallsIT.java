package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT 5 callers are answered, and how they are refused. */
final class MqttCallsIT extends MqttScene {
    @ParameterizedTest
    @ValueSource(strings = {"fn/echo", "node/n1/fn/echo", "node/n2/fn/echo"})
    void an_answer_comes_back_with_what_the_caller_needs_to_know_it_by(String topic) throws MqttException {
        MqttProperties request = caller.request();
        request.setContentType("text/x-greeting");

        Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/" + topic, HELLO, request);

        assertThat(answer.topic()).isEqualTo(caller.inbox());
        assertThat(answer.body()).isEqualTo(HELLO);
        assertThat(answer.contentType()).isEqualTo("text/x-greeting");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.property("X-P2pfaas-Version")).isNotEmpty();
    }

    @Test
    void a_call_without_guaranteed_delivery_is_answered_too() throws MqttException {
        MqttProperties request = caller.request();

        caller.publish(ANY + "echo", HELLO, 0, request);

        assertThat(caller.await(request, 1).get(0).body()).isEqualTo(HELLO);
    }

    @Test
    void the_functions_own_status_is_the_callers() throws MqttException {
        Mqtt5Caller.Answer answer = caller.call(ANY + "status", HELLO, caller.request("uri-query", "code=404"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(HELLO);
        assertThat(answer.property("reason")).isEmpty();
    }

    @Test
    void a_full_cluster_refuses_with_a_reason() throws MqttException {
        List<CompletableFuture<Reply>> occupants = occupyEverySlot();

        Mqtt5Caller.Answer answer = caller.call(ANY + "echo", HELLO, caller.request());

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.property("code")).isEqualTo("400");
        assertThat(answer.property("reason")).isIn("no_taker", "no_slot", "queue_full");
        assertThat(answer.property("retry-after")).isEqualTo("1");
        assertThat(answer.text()).startsWith("{\"code\":400,\"message\":\"Job cannot be scheduled");
        assertThat(occupants.stream().map(Await::of)).extracting(Reply::status).containsOnly(200);
    }

    @Test
    void a_refused_call_may_be_sent_again_and_is_then_taken() throws MqttException {
        List<CompletableFuture<Reply>> occupants = occupyEverySlot();
        MqttProperties request = caller.request();
        assertThat(caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, request).status())
                .isEqualTo(500);
        occupants.forEach(Await::of);
        cluster.awaitIdle();

        caller.publish("p2pfaas/v1/node/n1/fn/echo", HELLO, 1, request);

        assertThat(caller.await(request, 2).get(1).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "no way", "naïve"})
    void an_unknown_function_is_not_found_however_often_it_is_asked_for(String function) throws MqttException {
        MqttProperties request = caller.request();
        caller.publish(ANY + function, HELLO, 1, request);
        Mqtt5Caller.Answer first = caller.await(request, 1).get(0);
        caller.publish("p2pfaas/v1/node/n1/fn/" + function, HELLO, 1, request);
        caller.publish("p2pfaas/v1/node/n1/fn/" + function, HELLO, 1, request);

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.property("reason")).isEqualTo("unknown_function");
        assertThat(caller.await(request, 3))
                .extracting(Mqtt5Caller.Answer::status)
                .containsOnly(404);
    }

    @Fault(in = Fault.Area.CALLER, fault = "oversized body on MQTT 5", promise = "an answer of status 413")
    @Test
    void too_large_a_body_is_refused() throws MqttException {
        Mqtt5Caller.Answer answer = caller.call(ANY + "echo", new byte[64 * 1024 + 1], caller.request());
        Mqtt5Caller.Answer next = caller.call(ANY + "echo", new byte[64 * 1024], caller.request());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.body()).hasSize(64 * 1024);
    }

    @Test
    void a_call_whose_budget_is_shorter_than_its_run_expires() throws MqttException {
        MqttProperties request = caller.request();
        request.setMessageExpiryInterval(1L);

        Mqtt5Caller.Answer answer = caller.call(ANY + "endless", HELLO, request);

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.property("reason")).isEqualTo("expired_running");
    }

    @Test
    void a_call_that_nobody_wants_an_answer_to_runs() throws MqttException {
        long executions = cluster.executions();

        caller.publish(ANY + "echo", HELLO, 1, new MqttProperties());

        Await.until("it has run", () -> cluster.executions() == executions + 1);
        assertThat(caller.received()).isEmpty();
    }
}
