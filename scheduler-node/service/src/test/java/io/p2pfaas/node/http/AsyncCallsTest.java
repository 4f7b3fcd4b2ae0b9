package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.http.AsyncResults.Known;
import io.p2pfaas.node.testing.ManualClock;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AsyncCallsTest {
    private static final FunctionName F = new FunctionName("f");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int QUEUE = 3;
    private static final Placement HERE = new Placement(List.of(new NodeId("n1")), 1, 0, 0, 0);

    private record Offered(CallerCall caller, long deadline) {
        void ends(End end) {
            Call call = new Call(1, F, Arrival.CLIENT, List.of(), deadline, 0, true, Routing.POLICY, 0, 0, caller);
            caller.reply(call, end, HERE);
        }
    }

    private record Pause(long millis, Runnable task) {}

    private record Delivered(URI url, AsyncResult result, Runnable done) {}

    private final ManualClock clock = new ManualClock();
    private final Deque<Offered> offered = new ArrayDeque<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final AsyncSetup setup = new AsyncSetup(QUEUE, TIMEOUT, Duration.ofMinutes(5), 100, 1_000_000, List.of());
    private final AsyncCalls calls = new AsyncCalls(
            (offering, caller, deadline) -> offered.add(new Offered(caller, deadline)),
            new CallReport(() -> "NoScheduler", node -> ""),
            clock,
            (millis, task) -> pauses.add(new Pause(millis, task)),
            (url, result, done) -> delivered.add(new Delivered(url, result, done)),
            new AsyncResults(clock, setup),
            setup);

    private Optional<String> take(String id) {
        return take(id, null);
    }

    private Optional<String> take(String id, @Nullable URI callback) {
        Request request = new Request("POST", "", "", Headers.of("X-Call-Id", id), ByteBuffer.allocate(0));
        Offering offering = new Offering(F, request, true, clock.getAsLong(), new CallTrace(id, "1"), Noted.NOTHING);
        return calls.take(offering, List.of(id), callback, () -> released.add(id));
    }

    private static End answered(int status, String body) {
        Response response = new Response(
                status,
                Headers.of("Content-Type", "text/x", "Content-Length", "99", "X-Call-Id", "the function's"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        return End.done(new Outcome.Answered(response, 5));
    }

    private CallAnswer answer(String id) {
        Known known = calls.find(id).orElseThrow();
        assertThat(known).isInstanceOf(Known.Ended.class);
        return ((Known.Ended) known).result().answer();
    }

    private boolean runs(String id) {
        return calls.find(id).orElseThrow() instanceof Known.Running;
    }

    /** Lets the newest pause pass. */
    private void pausePasses() {
        Pause last = pauses.get(pauses.size() - 1);
        clock.advance(Duration.ofMillis(last.millis()));
        last.task().run();
    }

    @Test
    void a_call_is_offered_at_once_and_its_answer_is_kept() {
        assertThat(take("a")).contains("a");
        assertThat(runs("a")).isTrue();
        Offered first = offered.remove();
        assertThat(first.deadline()).isEqualTo(clock.getAsLong() + TIMEOUT.toNanos());
        first.ends(answered(418, "tea"));
        CallAnswer answer = answer("a");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.headers().first("content-type")).isEqualTo("text/x");
        assertThat(answer.headers().first("x-p2pfaas-scheduler")).isEqualTo("NoScheduler");
        assertThat(StandardCharsets.UTF_8.decode(answer.body()).toString()).isEqualTo("tea");
        assertThat(released).containsExactly("a");
        assertThat(calls.open()).isZero();
    }

    @Test
    void the_id_that_opens_its_result_is_shown_to_nobody_who_looks_at_the_node() {
        take("a");
        assertThat(offered.remove().caller().shownId(7)).isEqualTo("7");
    }

    @Test
    void what_a_function_says_of_length_and_trace_is_not_kept() {
        take("a");
        offered.remove().ends(answered(200, "tea"));
        assertThat(answer("a").headers().first("Content-Length")).isNull();
        assertThat(answer("a").headers().first("X-Call-Id")).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NO_SLOT", "QUEUE_FULL", "NO_TAKER", "BODY_TOO_LARGE", "TOO_MANY_CALLS"})
    void a_call_that_there_is_no_room_for_is_offered_again(Reason reason) {
        take("a");
        offered.remove().ends(End.of(reason));
        assertThat(runs("a")).isTrue();
        assertThat(offered).isEmpty();
        pausePasses();
        offered.remove().ends(answered(200, ""));
        assertThat(answer("a").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_SLOT", "QUEUE_FULL", "NO_TAKER", "BODY_TOO_LARGE", "TOO_MANY_CALLS"})
    void any_other_end_is_final_and_told_as_to_a_caller_who_waits(Reason reason) {
        take("a");
        offered.remove().ends(End.of(reason));
        assertThat(pauses).isEmpty();
        CallAnswer told = CallAnswer.of(End.of(reason));
        assertThat(answer("a").status()).isEqualTo(told.status());
        assertThat(answer("a").body()).isEqualTo(told.body());
        assertThat(calls.open()).isZero();
    }

    @Test
    void pauses_grow_to_two_seconds() {
        take("a");
        for (int i = 0; i < 9; i++) {
            offered.remove().ends(End.of(Reason.NO_SLOT));
            pausePasses();
        }
        assertThat(pauses.stream().map(Pause::millis))
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L, 2000L);
    }

    @Test
    void a_call_whose_time_is_up_while_it_waits_ends_with_504() {
        take("a");
        Offered last = offered.remove();
        while (runs("a")) {
            last.ends(End.of(Reason.QUEUE_FULL));
            pausePasses();
            last = offered.isEmpty() ? last : offered.remove();
        }
        assertThat(answer("a").status()).isEqualTo(504);
        assertThat(clock.getAsLong())
                .isLessThanOrEqualTo(last.deadline() + Duration.ofSeconds(2).toNanos());
        assertThat(released).containsExactly("a");
    }

    @Test
    void the_one_that_waits_longest_is_offered_when_another_ends() {
        take("a");
        take("b");
        take("c");
        Offered a = offered.remove();
        offered.remove().ends(End.of(Reason.NO_SLOT));
        offered.remove().ends(End.of(Reason.NO_SLOT));
        a.ends(answered(200, ""));
        offered.remove().ends(answered(201, ""));
        assertThat(answer("b").status()).isEqualTo(201);
        offered.remove().ends(answered(202, ""));
        assertThat(answer("c").status()).isEqualTo(202);
    }

    @Test
    void a_pause_that_was_cut_short_does_not_offer_a_call_twice() {
        take("a");
        take("b");
        Offered a = offered.remove();
        offered.remove().ends(End.of(Reason.NO_SLOT));
        a.ends(answered(200, ""));
        Offered early = offered.remove();
        pauses.get(0).task().run();
        assertThat(offered).isEmpty();
        early.ends(End.of(Reason.NO_SLOT));
        pauses.get(0).task().run();
        assertThat(offered).isEmpty();
        pausePasses();
        assertThat(offered).hasSize(1);
    }

    @Test
    void there_are_not_more_than_the_queue_may_hold() {
        for (int i = 0; i < QUEUE; i++) {
            assertThat(calls.isFull()).isFalse();
            assertThat(take("c" + i)).isPresent();
        }
        assertThat(calls.isFull()).isTrue();
        assertThat(take("more")).isEmpty();
        assertThat(calls.find("more")).isEmpty();
        offered.remove().ends(answered(200, ""));
        assertThat(take("more")).isPresent();
    }

    @Test
    void an_id_that_is_in_use_is_not_used_again() {
        take("a");
        assertThat(take("a")).isEmpty();
        assertThat(calls.open()).isEqualTo(1);
    }

    @Test
    void a_result_is_delivered_once_and_counts_until_then() {
        URI url = URI.create("http://127.0.0.1/");
        take("a", url);
        offered.remove().ends(answered(200, ""));
        assertThat(delivered)
                .singleElement()
                .satisfies(one -> assertThat(one.url()).isEqualTo(url));
        assertThat(calls.open()).isEqualTo(1);
        delivered.get(0).done().run();
        assertThat(calls.open()).isZero();
    }

    @Test
    void those_that_wait_are_told_when_the_node_stops() {
        take("a");
        take("b");
        offered.remove().ends(End.of(Reason.NO_SLOT));
        calls.close();
        assertThat(answer("a").status()).isEqualTo(503);
        offered.remove().ends(End.of(Reason.NO_SLOT));
        assertThat(answer("b").status()).isEqualTo(500);
        assertThat(calls.open()).isZero();
        assertThat(released).containsExactly("a", "b");
    }
}
