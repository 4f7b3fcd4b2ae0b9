package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.p2pfaas.node.testing.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers that know less than MQTT 5, and the tool that everybody has. */
final class DeviceCallsIT extends MqttScene {
    @Test
    void a_3_1_1_device_gets_answers_and_failures_on_topics_that_tell_them_apart() throws Exception {
        try (Device device = new Device(broker.port(), "p2pfaas", "d1")) {
            assertThat(device.call("echo", "r1", "hello")).isEqualTo(new Device.Answer("r1", "hello"));
            Device.Answer unknown = device.call("nonsense", "r2", "hello");
            assertThat(unknown.topic()).isEqualTo("r2/404");
            assertThat(unknown.text()).startsWith("{\"code\":3,");
            List<CompletableFuture<Reply>> occupants = occupyEverySlot();
            Device.Answer refused = device.call("echo", "r3", "hello");
            assertThat(refused.topic()).isEqualTo("r3/500");
            assertThat(refused.text()).startsWith("{\"code\":400,");
            occupants.forEach(Await::of);
            cluster.awaitIdle();
            assertThat(device.call("echo", "r3", "now")).isEqualTo(new Device.Answer("r3", "now"));
        }
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "oversized body on MQTT 3.1.1",
            promise = "an answer on the topic of status 413")
    @Test
    void a_3_1_1_device_with_too_large_a_body_is_told() throws Exception {
        try (Device device = new Device(broker.port(), "p2pfaas", "d3")) {
            assertThat(device.call("echo", "r1", "x".repeat(64 * 1024 + 1)).topic())
                    .isEqualTo("r1/413");
            assertThat(device.call("echo", "r2", "x".repeat(64 * 1024)).topic()).isEqualTo("r2");
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a device publishes a call twice (MQTT 3.1.1)",
            promise = "it runs once; the repeat gets the stored answer")
    @Test
    void a_3_1_1_device_that_asks_twice_is_answered_twice_and_served_once() throws Exception {
        // A cluster of its own: where there are several nodes, each knows only the calls that it was dealt itself.
        try (Cluster solo = Cluster.startOnly(0, flags());
                Device device = new Device(broker.port(), "site/solo", "d2")) {
            solo.add(flags().with("broker.root", "site/solo").with("id", "solo"));
            solo.awaitLinks();
            device.call("echo", "r1", "hello");
            Device.Answer again = device.call("echo", "r1", "other");

            assertThat(again).isEqualTo(new Device.Answer("r1", "hello"));
            assertThat(solo.executions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqttv5, p2pfaas/v1/fn/echo, p2pfaas/v1/cli/rr/rsp",
        "mqttv311, p2pfaas/v1/dev/rr/req/echo/7, p2pfaas/v1/dev/rr/rsp/7"
    })
    void mosquitto_rr_gets_its_answer(String version, String topic, String answers) throws IOException {
        assumeThat(isOnPath("mosquitto_rr")).as("mosquitto_rr is on the PATH").isTrue();
        Process asked = new ProcessBuilder(
                        "mosquitto_rr",
                        "-p",
                        Integer.toString(broker.port()),
                        "-V",
                        version,
                        "-t",
                        topic,
                        "-e",
                        answers,
                        "-m",
                        "hello",
                        "-W",
                        "10")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(asked.getInputStream().readAllBytes(), UTF_8)).isEqualTo("hello\n");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
