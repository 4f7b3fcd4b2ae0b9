package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in real containers, managed as an operator does, on nodes that are processes of their own. */
final class ManagementIT {
    @TempDir
    private Path data = Path.of(".");

    private MosquittoProcess broker;

    @BeforeEach
    void start() {
        TestImages.requireOrSkip();
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private NodeProcess node(String id) {
        return NodeProcess.start(Flags.forBroker(broker.port())
                .with("id", id)
                .with("slots", "32")
                .with("functions", "echo=builtin:echo")
                .with("data", data.resolve(id).toString()));
    }

    private static String web(String name, String more) {
        return "{\"service\":\"" + name + "\",\"image\":\"" + TestImages.WEB + "\"" + more + "}";
    }

    private static String instance(Operator operator, String function) {
        return operator.logs(function).get(0).path("instance").asText();
    }

    @Test
    void a_function_is_deployed_described_called_scaled_and_removed() {
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            String json = web(
                    "web",
                    ",\"envVars\":{\"GREETING\":\"hi\"},\"labels\":{\"team\":\"a\"},\"annotations\":{\"note\":\"b\"},"
                            + "\"limits\":{\"memory\":\"64Mi\",\"cpu\":\"500m\"}");

            assertThat(operator.send("PUT", "/system/functions", json).status()).isEqualTo(404);
            assertThat(operator.send("POST", "/system/functions", json).status())
                    .isEqualTo(202);
            assertThat(operator.names()).containsExactly("echo", "web");
            JsonNode described = operator.describe("web");
            assertThat(described.at("/limits/memory").asText()).isEqualTo("64Mi");
            assertThat(described.at("/limits/cpu").asText()).isEqualTo("500m");
            assertThat(described.at("/labels/team").asText()).isEqualTo("a");
            assertThat(described.at("/annotations/note").asText()).isEqualTo("b");
            assertThat(described.at("/image").asText()).isEqualTo(TestImages.WEB);
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                String told =
                        operator.send(method, "/function/web/a/b?c=d", "body").text();
                assertThat(told).startsWith(method + " /a/b?c=d HTTP/1.1").endsWith("body");
            }
            assertThat(operator.call("web/env?name=GREETING", "").text()).contains("hi");
            assertThat(operator.call("web.openfaas-fn", "").status()).isEqualTo(200);
            operator.awaitAvailable("web", 1);
            assertThat(operator.describe("web").path("invocationCount").asInt()).isEqualTo(7);

            assertThat(operator.scale("web", 0).status()).isEqualTo(202);
            operator.awaitAvailable("web", 0);
            assertThat(operator.call("web", "wake up").text()).endsWith("wake up");
            operator.awaitAvailable("web", 1);
            assertThat(operator.call("web/print", "remember").status()).isEqualTo(200);
            Await.until(
                    "the line is in the log",
                    () -> operator.logs("web").stream()
                            .anyMatch(line -> line.path("text").asText().contains("remember")));

            assertThat(operator.remove("web").status()).isEqualTo(202);
            assertThat(operator.remove("web").status()).isEqualTo(404);
            assertThat(operator.call("web", "").status()).isEqualTo(404);
            assertThat(operator.call("echo", "still").text()).isEqualTo("still");
        }
    }

    @Test
    void a_secret_is_seen_by_its_function_and_replaced_while_that_runs() {
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            assertThat(operator.deploy(web("web", ",\"secrets\":[\"key\"]")).status())
                    .isEqualTo(400);
            String create = "{\"name\":\"key\",\"value\":\"first\"}";
            assertThat(operator.send("POST", "/system/secrets", create).status())
                    .isBetween(200, 202);
            assertThat(operator.deploy(web("web", ",\"secrets\":[\"key\"]")).status())
                    .isEqualTo(202);
            assertThat(operator.deploy(web("other", "")).status()).isEqualTo(202);

            assertThat(operator.send("GET", "/function/web/secret?name=key", "").text())
                    .isEqualTo("first");
            assertThat(operator.send("GET", "/function/other/secret?name=key", "")
                            .text())
                    .doesNotContain("first");
            String replace = "{\"name\":\"key\",\"value\":\"second\"}";
            assertThat(operator.send("PUT", "/system/secrets", replace).status())
                    .isBetween(200, 202);
            assertThat(operator.send("GET", "/function/web/secret?name=key", "").text())
                    .isEqualTo("second");
            assertThat(operator.send("GET", "/system/secrets", "").text())
                    .contains("key")
                    .doesNotContain("second");
        }
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "kill -9, and restart with the same id",
            promise = "its functions and their containers are back")
    @Test
    void a_killed_node_comes_back_with_its_functions_and_their_containers() {
        String first;
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            for (String name : List.of("a", "b", "c")) {
                assertThat(operator.deploy(web(name, "")).status()).isEqualTo(202);
                operator.awaitAvailable(name, 1);
            }
            first = instance(operator, "a") + instance(operator, "b") + instance(operator, "c");
            node.kill();
        }
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());

            assertThat(operator.names()).containsExactly("a", "b", "c", "echo");
            for (String name : List.of("a", "b", "c")) {
                assertThat(operator.call(name, "hello").text()).endsWith("hello");
                operator.awaitAvailable(name, 1);
            }
            assertThat(instance(operator, "a") + instance(operator, "b") + instance(operator, "c"))
                    .isEqualTo(first);
        }
    }

    @Test
    void a_node_that_is_stopped_leaves_no_container_and_no_secret_in_reach() {
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            assertThat(operator.deploy(web("web", "")).status()).isEqualTo(202);
            operator.awaitAvailable("web", 1);
            node.terminate();
            assertThat(node.exitCode()).isZero();
            assertThat(node.said()).doesNotContain("left_behind");
        }
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            assertThat(operator.call("web", "again").text()).endsWith("again");
            assertThat(node.said()).doesNotContain("container_adopted");
            assertThat(Files.isReadable(data.resolve("mgmt-1/functions/web.json")))
                    .isTrue();
        }
    }

    @Test
    void calls_go_only_to_nodes_that_have_the_function() {
        try (NodeProcess first = node("mgmt-1");
                NodeProcess second = node("mgmt-2")) {
            Operator near = new Operator(first.url());
            Operator far = new Operator(second.url());
            Await.until(
                    "the nodes know each other",
                    () -> near.send("GET", "/status", "").text().contains("mgmt-2"));
            assertThat(near.call("web", "").status()).isEqualTo(404);

            assertThat(far.deploy(web("web", "")).status()).isEqualTo(202);
            Await.until("the function is known", () -> near.call("web", "x").status() == 200);
            assertThat(near.call("web", "x").path()).containsExactly("mgmt-1", "mgmt-2");

            assertThat(far.remove("web").status()).isEqualTo(202);
            Await.until("the function is forgotten", () -> near.call("web", "x").status() == 404);
        }
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a function is updated under load", promise = "no call is lost")
    @Test
    void an_update_under_load_costs_no_call() {
        try (NodeProcess node = node("mgmt-1")) {
            Operator operator = new Operator(node.url());
            assertThat(operator.deploy(web("web", "")).status()).isEqualTo(202);
            operator.awaitAvailable("web", 1);
            SteadyLoad load = SteadyLoad.start(new Caller(), 50, List.of(node.url() + "/function/web/sleep?ms=20"));
            load.awaitMore(20);

            for (int version = 1; version <= 3; version++) {
                String changed = web("web", ",\"envVars\":{\"VERSION\":\"" + version + "\"}");
                assertThat(operator.deploy(changed).status()).isEqualTo(202);
                load.awaitMore(20);
            }

            assertThat(load.stop())
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            assertThat(operator.call("web/env?name=VERSION", "").text()).contains("3");
        }
    }
}
