package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.campaign.World.RunFailed;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three node processes, a Mosquitto, and clients of all kinds. The processes are shared by all tests. */
final class LiveWorldIT {
    private static final long MS = 1_000_000;
    private static final Duration WARMUP = Duration.ofMillis(500);
    private static final Duration MEASUREMENT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Map<String, String> LIGHT = Map.of("rho", "0.4");

    @TempDir
    private static Path folder;

    private static LiveWorld world;

    private final List<Outcome> outcomes = new ArrayList<>();

    @BeforeAll
    static void launch() {
        if (!MosquittoProcess.isInstalled()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("mosquitto is not on the PATH, and CI=true forbids to skip");
            }
            Assumptions.abort("mosquitto is not on the PATH");
        }
        world = new LiveWorld(
                () -> NodeLaunch.ofClasses(System.getProperty("java.class.path")),
                folder,
                Duration.ZERO,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    private static Experiments experiment() {
        return new Experiments()
                .nodes(3)
                .slots(2)
                .serviceMillis(20)
                .settings(new Setting("call.heartbeat", "200ms"), new Setting("broker.reconnect-max", "200ms"))
                .payloads(
                        new PayloadSpec("small", 10, 2, Duration.ofSeconds(1)), new PayloadSpec("large", 3000, 1, null))
                .clients(
                        new ClientSpec(Via.HTTP, 1, 0),
                        new ClientSpec(Via.MQTT5, 1, 3),
                        new ClientSpec(Via.MQTT311, 1, 3))
                .lengths(WARMUP, MEASUREMENT, TIMEOUT);
    }

    private RunResult run(Experiment experiment) throws RunFailed {
        RunResult result = world.run(experiment, new Point(LIGHT), 0, outcomes::add);
        assertEveryCallEndedOnce(experiment, result);
        return result;
    }

    /** The calls that were drawn are those that ended, each once, and the result counts those of the measurement. */
    private void assertEveryCallEndedOnce(Experiment experiment, RunResult result) {
        Agenda agenda = new LivePoint(experiment, new Point(LIGHT)).draw(result.seed(), WARMUP.plus(MEASUREMENT));
        Set<Integer> numbers = outcomes.stream().map(Outcome::call).collect(Collectors.toCollection(HashSet::new));
        assertThat(outcomes).hasSize(agenda.size());
        assertThat(numbers).hasSize(agenda.size());
        long measured = outcomes.stream()
                .filter(outcome -> outcome.dueNanos() >= WARMUP.toNanos())
                .count();
        assertThat(result.arrived()).isEqualTo(measured).isPositive();
        assertThat(result.ends().values().stream().mapToLong(Long::longValue).sum())
                .as("ends: " + result.ends())
                .isEqualTo(result.arrived());
        assertThat(result.series().stream().mapToLong(RunResult.Second::arrived).sum())
                .isEqualTo(result.arrived());
        assertThat(HistogramText.parse(result.latency()).getTotalCount()).isEqualTo(result.ended(EndState.OK));
    }

    private static FaultSpec fault(int atMillis, FaultKind kind, String target) {
        return new FaultSpec(Duration.ofMillis(atMillis), kind, target);
    }

    @Test
    void calls_over_http_mqtt_5_and_mqtt_3_1_1_all_end_and_are_accounted_for() throws RunFailed {
        RunResult result = run(experiment().build());
        assertThat(result.ended(EndState.OK) + result.ended(EndState.REJECTED))
                .as("nothing was broken: " + result.ends())
                .isEqualTo(result.arrived());
        assertThat(result.ended(EndState.OK)).isGreaterThan(result.arrived() / 2);
        long known = result.matrix().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sum();
        assertThat(known)
                .as("answered calls over HTTP and MQTT 5, two thirds of all")
                .isBetween(result.ended(EndState.OK) / 2, result.ended(EndState.OK) * 5 / 6);
        assertThat(result.nodeTallies()).hasSize(3).allMatch(node -> node.arrived() > 0 && node.executed() > 0);
        assertThat(result.packets().keySet()).containsExactly("publish-in", "publish-out", "membership-in");
        // Heartbeats alone: three nodes, five times a second, for three seconds, heard by two others and the sender.
        assertThat(result.packets().get("publish-out")).isGreaterThan(45);
        assertThat(result.sendLag()).isNotEmpty();
    }

    @Test
    void a_node_killed_under_load_leaves_every_call_in_one_end_state() throws RunFailed {
        RunResult result = run(experiment()
                .faults(fault(500, FaultKind.KILL, "n2"), fault(1500, FaultKind.START, "n2"))
                .build());
        assertThat(result.ended(EndState.CONNECTION_ERROR) + result.ended(EndState.TIMEOUT))
                .as("calls to a node that is dead: " + result.ends())
                .isPositive();
        assertThat(result.ended(EndState.OK)).isGreaterThan(result.arrived() / 3);
    }

    @Test
    void a_broker_killed_under_load_leaves_every_call_in_one_end_state() throws RunFailed {
        RunResult result = run(experiment()
                .faults(fault(500, FaultKind.KILL, "broker"), fault(1500, FaultKind.START, "broker"))
                .build());
        assertThat(result.ended(EndState.CONNECTION_ERROR))
                .as("calls of devices without a broker: " + result.ends())
                .isPositive();
        long lastDeviceAnswer = outcomes.stream()
                .filter(outcome -> outcome.state() == EndState.OK)
                .filter(outcome -> outcome instanceof Outcome.Answered answered
                        && answered.executor().name().equals("unknown"))
                .mapToLong(Outcome::dueNanos)
                .max()
                .orElse(0);
        assertThat(lastDeviceAnswer)
                .as("devices are back after the broker is")
                .isGreaterThan(WARMUP.plusMillis(1500).toNanos());
    }

    @Test
    void a_broker_that_stands_still_shows_in_the_latencies_of_devices() throws RunFailed {
        RunResult result = run(experiment()
                .clients(new ClientSpec(Via.MQTT5, 1, 2))
                .faults(fault(1000, FaultKind.PAUSE, "broker"), fault(2000, FaultKind.RESUME, "broker"))
                .build());
        assertThat(result.ended(EndState.OK)).as(result.ends().toString()).isPositive();
        // No matter how fast machines are: who came as the broker stopped was not answered before it went on.
        assertThat(HistogramText.parse(result.latency()).getMaxValue()).isGreaterThan(800 * MS);
        assertThat(result.arrived()).as("calls went on coming").isGreaterThan(150);
    }

    @Test
    void a_setting_that_nodes_refuse_is_an_error_with_their_words_and_their_log() {
        Experiment experiment =
                experiment().settings(new Setting("call.heartbeat", "soon")).build();
        assertThatThrownBy(() -> world.run(experiment, new Point(LIGHT), 0, outcomes::add))
                .isInstanceOf(RunFailed.class)
                .hasMessageContaining("call.heartbeat")
                .hasMessageContaining("'soon'")
                .hasMessageContaining("node-n1.log");
    }
}
