package io.p2pfaas.node.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallStatisticsTest {
    private static final FunctionName F = new FunctionName("f");
    private static final Load LOAD = new Load(0, 1, 0, 0);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final CallStatistics statistics = new CallStatistics();
    private final FakeCounters counters = new FakeCounters();

    private static EndedCall call(String id, long millis, long endedNanos) {
        return new EndedCall(
                id,
                F,
                endedNanos,
                millis * MILLI,
                EndState.DONE,
                null,
                List.of(new NodeId("n")),
                new EndedCall.Parts(0, 0, 0, millis * MILLI));
    }

    private boolean second() {
        return statistics.tick(counters.copy(), LOAD, Set.of(F), 0);
    }

    private JsonNode report(long nowNanos) {
        return report(OptionalInt.empty(), nowNanos);
    }

    private JsonNode report(OptionalInt replicas, long nowNanos) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        NodeFacts facts = new NodeFacts(
                true,
                "",
                0,
                List.of(new NodeFacts.FunctionFacts(F, "builtin", true, replicas)),
                Map.of(),
                List.of(),
                Set.of());
        statistics.describe(report, facts, nowNanos);
        return report;
    }

    @Test
    void rates_are_of_the_last_ten_seconds() {
        second();
        for (int i = 0; i < 10; i++) {
            counters.doneAndRejected();
            second();
        }
        JsonNode rates = report(0).path("rates");
        assertThat(rates.path("received").asDouble()).isEqualTo(2);
        assertThat(rates.path("done").asDouble()).isEqualTo(1);
        assertThat(rates.path("notDone").asDouble()).isEqualTo(1);

        for (int i = 0; i < 10; i++) {
            second();
        }
        assertThat(report(0).path("rates").path("received").asDouble()).isZero();
        assertThat(report(0).path("calls").path("received").asLong()).isEqualTo(20);
    }

    @Test
    void reasons_tell_what_is_new_in_the_last_minute() {
        second();
        counters.doneAndRejected();
        second();
        assertThat(report(0).at("/reasons/0/reason").asText()).isEqualTo("no_slot");
        assertThat(report(0).at("/reasons/0/lastMinute").asLong()).isOne();
        for (int i = 0; i < 60; i++) {
            second();
        }
        assertThat(report(0).at("/reasons/0/total").asLong()).isOne();
        assertThat(report(0).at("/reasons/0/lastMinute").asLong()).isZero();
    }

    @Test
    void percentiles_are_of_the_last_seconds_and_absent_without_calls() {
        for (int i = 1; i <= 100; i++) {
            statistics.ended(call("c", i, 0));
        }
        second();
        JsonNode latency = report(0).path("latencyMillis");
        assertThat(latency.path("p50").asDouble()).isBetween(49.0, 51.0);
        assertThat(latency.path("p99").asDouble()).isBetween(98.0, 100.5);
        for (int i = 0; i < 10; i++) {
            second();
        }
        assertThat(report(0).path("latencyMillis").path("p50").isNull()).isTrue();
    }

    @Test
    void a_chart_has_a_point_every_five_seconds_for_a_quarter_of_an_hour() {
        int points = 0;
        for (int i = 0; i < 1000; i++) {
            counters.done();
            points += second() ? 1 : 0;
        }
        JsonNode history = statistics.history();
        assertThat(points).isEqualTo(200);
        assertThat(history.path("done")).hasSize(180);
        assertThat(history.path("p99")).hasSize(180);
        assertThat(history.at("/done/179").asLong()).isEqualTo(5);
        assertThat(history.at("/p50/179").isNull()).isTrue();
    }

    @Test
    void the_slowest_calls_stay_for_five_minutes() {
        for (int i = 1; i <= 100; i++) {
            statistics.ended(call("c" + i, i, 0));
        }
        second();
        JsonNode slow = report(0).path("slow");
        assertThat(slow).hasSize(SlowCalls.CAPACITY);
        assertThat(slow.at("/0/id").asText()).isEqualTo("c100");

        statistics.tick(counters.copy(), LOAD, Set.of(F), TimeUnit.MINUTES.toNanos(6));
        assertThat(report(0).path("slow")).isEmpty();
        statistics.ended(call("late", 1, TimeUnit.MINUTES.toNanos(6)));
        assertThat(report(0).at("/slow/0/id").asText()).isEqualTo("late");
    }

    @Test
    void cold_starts_are_told_of_functions_that_have_instances() {
        statistics.coldStart(F);
        statistics.coldStart(F);
        second();
        JsonNode function = report(OptionalInt.of(1), 0).at("/functions/0");
        assertThat(function.path("coldStarts").asLong()).isEqualTo(2);
        assertThat(function.path("replicas").asInt()).isOne();
        assertThat(report(OptionalInt.empty(), 0).at("/functions/0").has("coldStarts"))
                .isFalse();

        statistics.tick(counters.copy(), LOAD, Set.of(), 0);
        assertThat(report(OptionalInt.of(0), 0).at("/functions/0/coldStarts").asLong())
                .isZero();
    }

    @Test
    void functions_are_counted_while_they_are_here() {
        statistics.executed(F, false, MILLI);
        statistics.executed(F, true, MILLI);
        second();
        JsonNode function = report(0).at("/functions/0");
        assertThat(function.path("calls").asLong()).isEqualTo(2);
        assertThat(function.path("errors").asLong()).isOne();

        statistics.tick(counters.copy(), LOAD, Set.of(), 0);
        assertThat(report(0).at("/functions/0/calls").asLong()).isZero();
    }
}
