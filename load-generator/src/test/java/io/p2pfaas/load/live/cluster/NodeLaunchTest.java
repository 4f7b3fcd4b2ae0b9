package io.p2pfaas.load.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.ServiceLaw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeLaunchTest {
    private static ClusterShape shape(String scheduler, String function, Setting... settings) {
        FunctionSpec spec =
                new FunctionSpec("work", function, new ServiceLaw.Deterministic(1), true, Duration.ZERO, Duration.ZERO);
        return new ClusterShape(List.of(), 3, "mosquitto", 4, 2, scheduler, spec, List.of(settings));
    }

    private static List<String> arguments(ClusterShape shape) {
        List<String> command = NodeLaunch.ofJar(Path.of("node.jar")).command(shape, "n2", 0, "mqtt://127.0.0.1:1");
        return command.subList(command.indexOf("node"), command.size());
    }

    @Test
    void a_node_is_started_with_what_the_point_says() {
        assertThat(arguments(shape("PowerOfNScheduler(1,3)", "builtin:sleep?mean=1ms")))
                .containsExactly(
                        "node",
                        "--id",
                        "n2",
                        "--http",
                        "127.0.0.1:0",
                        "--broker",
                        "mqtt://127.0.0.1:1",
                        "--slots",
                        "4",
                        "--queue",
                        "2",
                        "--function",
                        "work=builtin:sleep?mean=1ms",
                        "--scheduler",
                        "PowerOfNScheduler(1,3)");
    }

    @Test
    void settings_become_flags() {
        assertThat(arguments(shape(
                        "",
                        "http://127.0.0.1:9",
                        new Setting("call.heartbeat", "2s"),
                        new Setting("no-queue", "true"),
                        new Setting("http.max-body", "1MiB"),
                        new Setting("functions", "echo=builtin:echo"))))
                .doesNotContain("--scheduler")
                .containsSubsequence(
                        "--idempotent",
                        "work",
                        "--call-heartbeat",
                        "2s",
                        "--no-queue",
                        "--http-max-body",
                        "1MiB",
                        "--function",
                        "echo=builtin:echo");
    }
}
