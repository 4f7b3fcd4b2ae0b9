package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes, a client of each kind, two seconds of warm-up; what became of some of the calls. */
final class RunBookTest {
    private static final long MS = 1_000_000;
    private static final Duration WARMUP = Duration.ofSeconds(2);

    private final LivePoint point = new LivePoint(
            new Experiments()
                    .nodes(2)
                    .payloads(new PayloadSpec("p", 1, 1, Duration.ofMillis(300)))
                    .clients(new ClientSpec(Via.HTTP, 1, 0), new ClientSpec(Via.MQTT311, 1, 1))
                    .build(),
            new Point(Map.of("lambda", "100")));
    private final Agenda agenda = point.draw(1, Duration.ofSeconds(4));
    private final RunBook book = new RunBook(agenda, point, List.of("n1", "n2"), WARMUP);

    /** A measured call that comes to a node by a kind of client. */
    private PlannedCall call(int node, Via via) {
        int client = via == Via.HTTP ? 0 : 1;
        return IntStream.range(0, agenda.size())
                .mapToObj(agenda::call)
                .filter(call -> call.node() == node && call.client() == client)
                .filter(call -> call.dueNanos() >= WARMUP.toNanos())
                .findFirst()
                .orElseThrow();
    }

    private void answered(PlannedCall call, long latencyNanos, int status, Executor executor, String reason) {
        OptionalInt code = status == 500 ? OptionalInt.of(400) : OptionalInt.empty();
        book.onEnd(new Outcome.Answered(
                call.number(),
                call.dueNanos(),
                call.dueNanos(),
                call.dueNanos() + latencyNanos,
                status,
                code,
                executor,
                reason));
    }

    @Test
    void origins_executors_reasons_and_deadlines_are_counted() {
        answered(call(0, Via.HTTP), 100 * MS, 200, Executor.LOCAL, "");
        answered(call(0, Via.HTTP), 301 * MS, 200, new Executor("n2"), "");
        answered(call(1, Via.HTTP), MS, 500, Executor.LOCAL, "no_taker");
        assertThat(book.matrix()).containsExactly(List.of(1L, 1L), List.of(0L, 0L));
        assertThat(book.nodes())
                .containsExactly(new RunResult.NodeTally("n1", 2, 0, 1), new RunResult.NodeTally("n2", 1, 1, 1));
        assertThat(book.reasons()).containsExactly(Map.entry("no_taker", 1L));
        assertThat(book.late()).isEqualTo(1);
        assertThat(book.deviceCalls()).isZero();
    }

    @Test
    void a_call_of_a_3_1_1_device_was_dealt_by_the_broker_so_its_node_is_not_known() {
        answered(call(0, Via.MQTT311), 100 * MS, 200, Executor.UNKNOWN, "");
        assertThat(book.matrix()).containsExactly(List.of(0L, 0L), List.of(0L, 0L));
        assertThat(book.nodes().get(0).arrived()).isZero();
        assertThat(book.deviceCalls()).isEqualTo(1);
        assertThat(book.deviceAnswers()).isEqualTo(1);
        assertThat(book.seconds().stream().mapToLong(RunResult.Second::done).sum())
                .isEqualTo(1);
    }

    @Test
    void an_executor_of_another_cluster_is_in_no_column() {
        answered(call(0, Via.HTTP), 100 * MS, 200, new Executor("stranger"), "");
        assertThat(book.matrix()).containsExactly(List.of(0L, 0L), List.of(0L, 0L));
    }

    @Test
    void seconds_count_arrivals_when_due_and_ends_when_they_came() {
        PlannedCall call = call(0, Via.HTTP);
        int due = (int) ((call.dueNanos() - WARMUP.toNanos()) / (1000 * MS));
        answered(call, 1000 * MS, 200, Executor.LOCAL, "");
        assertThat(book.seconds().get(due).arrived()).isEqualTo(1);
        assertThat(book.seconds().get(due).done()).isZero();
        assertThat(book.seconds().get(due + 1).done()).isEqualTo(1);
        assertThat(book.seconds().get(due + 1).latencyNanos()).isEqualTo(1000.0 * MS);
    }

    @Test
    void the_warm_up_is_left_out() {
        PlannedCall first = agenda.call(0);
        book.onEnd(new Outcome.Unsent(first.number(), first.dueNanos(), EndState.NOT_SENT));
        assertThat(book.seconds()).isEmpty();
        assertThat(book.nodes()).allMatch(node -> node.arrived() == 0);
    }
}
