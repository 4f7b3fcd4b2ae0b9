package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and forms are those of CONTRACT A1: scripts and plots read them. */
final class CallReportTest {
    private static final long MILLI = 1_000_000;

    private final CallReport report = new CallReport(
            () -> "PowerOfNScheduler(1, 2, true, 1)",
            node -> node.value().equals("n3") ? "" : "10.0.0." + node.value().substring(1));

    private static Call call(Routing routing) {
        return new Call(1, new FunctionName("f"), Arrival.CLIENT, List.of(), 0, 0, false, routing, 0, Payload.NONE);
    }

    private static Placement placement(int probes, String... path) {
        return new Placement(Stream.of(path).map(NodeId::new).toList(), 3 * MILLI, 2 * MILLI, probes, path.length - 1);
    }

    private static Outcome answered(long executionNanos) {
        Response response = new Response(200, Headers.EMPTY, ByteBuffer.allocate(0));
        return new Outcome.Answered(response, executionNanos);
    }

    private Map<String, String> fields(Routing routing, End end, Placement placement) {
        Map<String, String> fields = new LinkedHashMap<>();
        report.describe(
                call(routing),
                end,
                placement,
                20 * MILLI,
                (name, value) -> assertThat(fields.put(name, value))
                        .as("twice: %s", name)
                        .isNull());
        return fields;
    }

    @Test
    void a_local_call_has_lists_of_one() {
        assertThat(fields(Routing.POLICY, End.done(answered(15 * MILLI)), placement(0, "n1")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("X-P2pfaas-Version", "0.3.0b"),
                        Map.entry("X-P2pfaas-Scheduler", "PowerOfNScheduler(1, 2, true, 1)"),
                        Map.entry("X-P2pfaas-Timing-Execution-Time-Seconds", "0.015000"),
                        Map.entry("X-P2pfaas-Timing-Total-Time-Seconds", "0.020000"),
                        Map.entry("X-P2pfaas-Timing-Total-Seconds-List", "[0.020000]"),
                        Map.entry("X-P2pfaas-Timing-Scheduling-Time-Seconds", "0.003000"),
                        Map.entry("X-P2pfaas-Timing-Scheduling-Seconds-List", "[0.003000]")));
    }

    @Test
    void a_local_call_that_probed_says_how_long_it_took() {
        assertThat(fields(Routing.POLICY, End.done(answered(0)), placement(2, "n1")))
                .containsEntry("X-P2pfaas-Timing-Probing-Seconds-List", "[0.002000]")
                .containsEntry("X-P2pfaas-Timing-Probing-Time-Seconds", "0.002000")
                .containsEntry("X-P2pfaas-Timing-Probe-Messages", "2");
    }

    @Test
    void a_remote_call_names_the_origin_first_and_the_executor_last() {
        Outcome remote = new Outcome.Remote(answered(9 * MILLI), 10 * MILLI, MILLI);
        assertThat(fields(Routing.POLICY, End.done(remote), placement(1, "n1", "n2")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("X-P2pfaas-Version", "0.3.0b"),
                        Map.entry("X-P2pfaas-Scheduler", "PowerOfNScheduler(1, 2, true, 1)"),
                        Map.entry("X-P2pfaas-Timing-Execution-Time-Seconds", "0.009000"),
                        Map.entry("X-P2pfaas-Timing-Total-Time-Seconds", "0.020000"),
                        Map.entry("X-P2pfaas-Timing-Total-Seconds-List", "[0.020000,0.010000]"),
                        Map.entry("X-P2pfaas-Timing-Scheduling-Time-Seconds", "0.003000"),
                        Map.entry("X-P2pfaas-Timing-Scheduling-Seconds-List", "[0.003000,0.001000]"),
                        Map.entry("X-P2pfaas-Timing-Probing-Time-Seconds", "0.002000"),
                        Map.entry("X-P2pfaas-Timing-Probe-Messages", "1"),
                        Map.entry("X-P2pfaas-Timing-Probing-Seconds-List", "[0.002000,0.000000]"),
                        Map.entry("X-P2pfaas-Externally-Executed", "True"),
                        Map.entry("X-P2pfaas-Hops", "1"),
                        Map.entry("X-P2pfaas-Peers-List-Ip", "[\"10.0.0.1\",\"10.0.0.2\"]"),
                        Map.entry("X-P2pfaas-Peers-List-Id", "[\"n1\",\"n2\"]")));
    }

    @Test
    void over_three_hops_the_nodes_between_have_zero_and_an_unknown_address_is_empty() {
        Outcome remote = new Outcome.Remote(answered(9 * MILLI), 10 * MILLI, MILLI);
        assertThat(fields(Routing.POLICY, End.done(remote), placement(0, "n1", "n2", "n3", "n4")))
                .containsEntry("X-P2pfaas-Timing-Total-Seconds-List", "[0.020000,0.000000,0.000000,0.010000]")
                .containsEntry("X-P2pfaas-Timing-Scheduling-Seconds-List", "[0.003000,0.000000,0.000000,0.001000]")
                .containsEntry("X-P2pfaas-Timing-Probing-Seconds-List", "[0.002000,0.000000,0.000000,0.000000]")
                .containsEntry("X-P2pfaas-Hops", "3")
                .containsEntry("X-P2pfaas-Peers-List-Ip", "[\"10.0.0.1\",\"10.0.0.2\",\"\",\"10.0.0.4\"]")
                .containsEntry("X-P2pfaas-Peers-List-Id", "[\"n1\",\"n2\",\"n3\",\"n4\"]");
    }

    @Test
    void a_call_that_was_not_executed_has_no_execution_time() {
        assertThat(fields(Routing.POLICY, End.of(Reason.QUEUE_FULL), placement(0, "n1")))
                .containsKeys("X-P2pfaas-Version", "X-P2pfaas-Scheduler")
                .doesNotContainKey("X-P2pfaas-Timing-Execution-Time-Seconds");
    }

    @Test
    void a_peer_that_died_leaves_zero_as_its_time() {
        assertThat(fields(Routing.POLICY, End.of(Reason.PEER_LOST), placement(0, "n1", "n2")))
                .containsEntry("X-P2pfaas-Timing-Total-Seconds-List", "[0.020000,0.000000]")
                .containsEntry("X-P2pfaas-Externally-Executed", "True");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"BYPASS | NoScheduler", "FORWARD | ForwardScheduler(1)", "REJECT | RejectScheduler"})
    void a_call_that_chose_its_scheduler_is_told_that_one(Routing routing, String scheduler) {
        assertThat(fields(routing, End.done(answered(0)), placement(0, "n1")))
                .containsEntry("X-P2pfaas-Scheduler", scheduler);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000000",
        "-5, 0.000000",
        "999, 0.000000",
        "1000, 0.000001",
        "999999999, 0.999999",
        "1000000000, 1.000000",
        "61000001000, 61.000001",
        "9223372036854775807, 9223372036.854775"
    })
    void seconds_have_six_decimals(long nanos, String text) {
        assertThat(CallReport.seconds(nanos)).isEqualTo(text);
    }
}
