package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.testing.Fault;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over MQTT that must not run, or not again: repeats, nonsense, and answers to where they must not go. */
final class MqttGuardsIT extends MqttScene {
    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a caller publishes a call twice (MQTT 5)",
            promise = "it runs once; the repeat gets the stored answer")
    @Test
    void a_repeat_gets_the_stored_answer_and_is_not_run_again() throws MqttException {
        MqttProperties request = caller.request();
        Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, request);
        long executions = cluster.executions();

        caller.publish("p2pfaas/v1/node/n1/fn/echo", "other".getBytes(UTF_8), 1, request);
        Mqtt5Caller.Answer again = caller.await(request, 2).get(1);

        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(again.properties()).isEqualTo(answer.properties());
        assertThat(cluster.executions()).isEqualTo(executions);
    }

    @Test
    void a_repeat_of_a_call_that_still_runs_is_not_run_again() throws MqttException {
        long executions = cluster.executions();
        MqttProperties request = caller.request();
        caller.publish("p2pfaas/v1/node/n1/fn/nap", HELLO, 1, request);
        caller.publish("p2pfaas/v1/node/n1/fn/nap", HELLO, 1, request);

        assertThat(caller.await(request, 1).get(0).status()).isEqualTo(200);
        cluster.awaitIdle();
        assertThat(cluster.executions()).isEqualTo(executions + 1);
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "a response topic that belongs to others",
            promise = "the call is not run and not answered, and is counted")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "p2pfaas/v1/node/n1/state",
                "p2pfaas/v1/fn/echo",
                "p2pfaas/v1/dev/d1/req/echo/1",
                "p2pfaas/v1/cli",
                "elsewhere/rsp",
                "p2pfaas/v2/cli/me/rsp"
            })
    void a_call_whose_answer_would_go_where_it_must_not_is_neither_run_nor_answered(String topic) throws MqttException {
        long executions = cluster.executions();
        long refused = cluster.sum("p2pfaas_link_unanswerable_total");
        caller.listen("elsewhere/#");
        caller.listen("p2pfaas/v1/fn/#");
        caller.listen("p2pfaas/v1/dev/#");
        MqttProperties request = caller.request();
        request.setResponseTopic(topic);

        caller.publish("p2pfaas/v1/node/n1/fn/echo", HELLO, 1, request);

        Await.until("it is refused", () -> cluster.sum("p2pfaas_link_unanswerable_total") == refused + 1);
        // An answer would overtake nothing: what is asked after it is answered after it.
        caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, caller.request());
        assertThat(caller.received()).hasSize(1);
        assertThat(cluster.executions()).isEqualTo(executions + 1);
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "a retained call", promise = "it does not run when a node comes")
    @Test
    void a_retained_call_does_not_run_when_a_node_finds_it() throws MqttException {
        MqttProperties request = caller.request();
        String topic = "p2pfaas/v1/node/n3/fn/echo";
        caller.publishRetained(topic, HELLO, request);
        try (Cluster late = Cluster.startOnly(0, flags())) {
            late.add(flags().with("id", "n3"));
            late.awaitLinks();
            caller.call(topic, HELLO, caller.request());

            assertThat(caller.received()).hasSize(1);
            assertThat(late.executions()).isEqualTo(1);
        } finally {
            caller.publishRetained(topic, new byte[0], new MqttProperties());
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "malformed messages on every topic between nodes",
            promise = "they are counted; calls go on")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "node/n1/from/n2/fwd/echo",
                "node/n1/from/n2/rsp",
                "node/n1/from/n2/probe",
                "node/n1/from/no way/probe",
                "node/n1/from/n2/notice",
                "node/n2/load",
                "node/n2/state",
                "spill/echo/n2",
                "node/n1/from/n2/fwd/no way",
                "dev/no way/req/echo/1",
            })
    void nonsense_between_nodes_is_counted_and_harms_nobody(String topic) throws MqttException {
        long malformed = cluster.sum("p2pfaas_link_malformed_total");
        long executions = cluster.executions();
        MqttProperties broken = caller.request("hops", "-1", "path", "n1,,n1", "kind", "result", "sample", "{");

        caller.publish("p2pfaas/v1/" + topic, HELLO, 1, broken);
        caller.publish("p2pfaas/v1/" + topic, new byte[] {-1, 0, 1}, 1, new MqttProperties());

        Await.until("it is counted", () -> cluster.sum("p2pfaas_link_malformed_total") >= malformed + 2);
        assertThat(caller.call(ANY + "echo", HELLO, caller.request()).status()).isEqualTo(200);
        assertThat(cluster.executions()).isEqualTo(executions + 1);
        int peers = cluster.node(1).look(NodeBrain::peerCount);
        assertThat(peers).isEqualTo(1);
    }
}
