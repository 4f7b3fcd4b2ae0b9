package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import io.undertow.Undertow;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.util.TreeMap;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;

/** Events in binary mode: a device over MQTT 5, a function over HTTP, and a peer between. */
final class CloudEventsIT {
    /** Answers with the event it got as text, and an event of its own. */
    private static Undertow eventFunction() {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> {
                    TreeMap<String, String> event = new TreeMap<>();
                    exchange.getRequestHeaders()
                            .forEach(header -> event.put(header.getHeaderName().toString(), header.getFirst()));
                    event.keySet().removeIf(name -> !name.startsWith("ce-"));
                    exchange.getResponseHeaders()
                            .put(new HttpString("Content-Type"), "text/x-event")
                            .put(new HttpString("ce-specversion"), "1.0")
                            .put(new HttpString("ce-id"), "answer%20%E2%82%AC")
                            .put(new HttpString("ce-status"), "seen");
                    exchange.getResponseSender().send(event.toString());
                })
                .build();
        server.start();
        return server;
    }

    @Test
    void attributes_pass_both_ways_here_and_through_a_peer() throws Exception {
        Undertow function = eventFunction();
        int port = ((InetSocketAddress) function.getListenerInfo().get(0).getAddress()).getPort();
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.of(
                        2, Flags.forBroker(broker.port()).with("functions", "event=http://127.0.0.1:" + port));
                Mqtt5Caller caller = new Mqtt5Caller(broker.port(), "me")) {
            for (String route : new String[] {"Bypass", "Forward"}) {
                MqttProperties request = caller.request(
                        "specversion", "1.0", "id", "é 1", "source", "/cam", "X-P2pfaas-Scheduler-" + route, "1");
                request.setContentType("application/json");
                Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/node/n1/fn/event", "{}".getBytes(UTF_8), request);

                assertThat(answer.text()).isEqualTo("{ce-id=%C3%A9%201, ce-source=/cam, ce-specversion=1.0}");
                assertThat(answer.contentType()).isEqualTo("text/x-event");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.property("id")).isEqualTo("answer €");
                assertThat(answer.property("specversion")).isEqualTo("1.0");
                assertThat(answer.property("ce-status")).isEqualTo("seen");

                Reply http = Await.of(cluster.caller()
                        .post(
                                cluster.function(1, "event"),
                                new byte[] {1},
                                "ce-specversion",
                                "1.0",
                                "ce-id",
                                "a%20b",
                                "X-P2pfaas-Scheduler-" + route,
                                "1"));
                assertThat(http.text()).isEqualTo("{ce-id=a%20b, ce-specversion=1.0}");
                assertThat(http.header("ce-id")).isEqualTo("answer%20%E2%82%AC");
            }
        } finally {
            function.stop();
        }
    }
}
