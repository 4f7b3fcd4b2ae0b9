package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.plugin.PluginJars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Algorithms of jars in a node that callers call: good ones, bad ones and ones that hang. It needs no broker. */
@Timeout(120)
final class PluginIT {
    private static final int NO_BROKER = 23_999;

    @TempDir
    Path folder;

    private final Caller caller = new Caller();

    private Node start(String scheduler, String... more) {
        Flags flags = Flags.forBroker(NO_BROKER)
                .with("id", "n1")
                .with("stop-grace", "0s")
                .with("functions", "echo=builtin:echo")
                .with("plugins", folder.toString())
                .with("scheduler", scheduler);
        for (int i = 0; i < more.length; i += 2) {
            flags = flags.with(more[i], more[i + 1]);
        }
        return Node.start(flags.settings());
    }

    private Reply echo(Node node) {
        return post(node, "/function/echo", "hello");
    }

    private Reply post(Node node, String path, String body) {
        return caller.post(node.url() + path, body.getBytes(StandardCharsets.UTF_8))
                .join();
    }

    private void assertServed(Node node, String scheduler) {
        Reply reply = echo(node);
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.header("X-P2pfaas-Scheduler")).isEqualTo(scheduler);
    }

    private static long faults(Node node) {
        return node.look(brain -> brain.counters().policyFaults());
    }

    @Test
    void the_example_decides_and_is_configured_like_the_others() throws IOException {
        PluginJars.example(folder);
        try (Node node = start("StickyPeer(3)")) {
            assertServed(node, "StickyPeer(3)");

            post(node, "/configuration/scheduler", "{\"name\":\"NoScheduler\"}");
            assertServed(node, "NoScheduler");
            post(node, "/configuration/scheduler", "{\"name\":\"StickyPeer\",\"parameters\":[\"1\"]}");
            assertServed(node, "StickyPeer(1)");

            Reply refused = post(node, "/configuration/scheduler", "{\"name\":\"StickyPeer\",\"parameters\":[\"99\"]}");
            assertThat(refused.text()).contains("attempts", "1 to 8");
            assertServed(node, "StickyPeer(1)");
        }
    }

    @Fault(in = Fault.Area.NODE, fault = "a plug-in policy throws", promise = "no call is lost; the fault is counted")
    @Test
    void a_policy_that_throws_costs_no_call_and_its_faults_are_counted() throws IOException {
        PluginJars.policy(folder, "bad.jar", "Bad", "throw new NoClassDefFoundError(\"com/example/Missing\");");
        try (Node node = start("Bad")) {
            assertServed(node, "Bad");
            assertServed(node, "Bad");

            assertThat(node.status()).contains("\"policyFaults\":2");
            assertThat(faults(node)).isEqualTo(2);
        }
    }

    @Fault(in = Fault.Area.NODE, fault = "a plug-in policy hangs", promise = "no call is lost")
    @Test
    void a_policy_that_hangs_costs_no_call_and_soon_no_time() throws IOException {
        PluginJars.policy(folder, "hung.jar", "Hung", "while (true) { Thread.onSpinWait(); }");
        try (Node node = start("Hung")) {
            for (int i = 0; i < 5; i++) {
                assertServed(node, "Hung");
            }

            assertThat(faults(node)).isEqualTo(5);
            post(node, "/configuration/scheduler", "{\"name\":\"NoScheduler\"}");
            assertServed(node, "NoScheduler");
        }
    }

    @Test
    void a_bad_jar_stops_no_node_unless_its_policy_is_wanted() throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no archive");
        PluginJars.policy(folder, "one.jar", "Twin", "return new Decision.RunHere(true);");
        PluginJars.policy(folder, "two.jar", "Twin", "return new Decision.RunHere(true);");

        try (Node node = start("NoScheduler")) {
            assertServed(node, "NoScheduler");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("Twin"))
                .withMessageContaining("one.jar and two.jar");
    }

    @Test
    void a_shadow_sees_each_decision_and_can_be_changed_and_switched_off() throws IOException {
        PluginJars.policy(folder, "r.jar", "Refuser", "return new Decision.Reject(Reason.DELIBERATE);");
        Path data = folder.resolve("data");
        try (Node node = start("NoScheduler", "shadow", "Refuser", "data", data.toString())) {
            assertServed(node, "NoScheduler");
            assertServed(node, "NoScheduler");
            assertThat(node.status())
                    .contains("\"shadow\":{\"scheduler\":\"Refuser\",\"asked\":2")
                    .contains("{\"real\":\"run_here\",\"shadow\":\"reject\",\"count\":2}");

            post(node, "/configuration/scheduler/shadow", "{\"name\":\"NoScheduler\",\"parameters\":[\"true\"]}");
            assertServed(node, "NoScheduler");
            assertThat(node.status()).contains("\"asked\":1").contains("\"shadow\":\"run_here\",\"count\":1");

            post(node, "/configuration/scheduler/shadow", "{\"name\":\"\"}");
            assertThat(node.status()).contains("\"shadow\":null");
            assertThat(caller.get(node.url() + "/configuration/scheduler/shadow"))
                    .contains("\"name\":\"\"");
        }
        try (Node next = start("NoScheduler", "shadow", "Refuser", "data", data.toString())) {
            // What was set at run time wins.
            assertThat(next.status()).contains("\"shadow\":null");
        }
    }
}
