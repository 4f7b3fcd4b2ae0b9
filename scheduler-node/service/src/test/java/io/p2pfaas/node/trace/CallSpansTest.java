package io.p2pfaas.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.trace.Span.Attribute;
import io.p2pfaas.node.trace.Span.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CallSpansTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS = "00f067aa0ba902b7";
    private static final long WALL = 1_700_000_000_000_000_000L;
    private static final Load OWN = new Load(0, 1, 0, 1);
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final List<Span> spans = new ArrayList<>();
    private final CallTrail trail = new CallTrail(false);
    private final Random random = new Random(7);

    private static Request request(String... headers) {
        return new Request("POST", "", "", Headers.of(headers), ByteBuffer.allocate(0));
    }

    private TracedCall begin(double share, Arrived.Way way, Request request) {
        // Monotonic time is 0 when it is WALL.
        Tracer tracer = new Tracer(share, spans::add, new WallClock(() -> 0, () -> WALL), () -> random);
        TracedCall traced = tracer.begin(new Arrived(way, new FunctionName("f"), "id-1", "/function/", request, 100));
        if (traced.isSampled()) {
            traced.follow(trail);
        }
        return traced;
    }

    private TracedCall sampled() {
        return begin(0, Arrived.Way.HTTP, request("traceparent", "00-" + TRACE + "-" + CALLERS + "-01"));
    }

    private static Outcome answered(int status) {
        return new Outcome.Answered(new Response(status, Headers.EMPTY, ByteBuffer.allocate(0)), 5);
    }

    private Span span(String name) {
        List<Span> found =
                spans.stream().filter(span -> span.name().startsWith(name)).toList();
        assertThat(found).as(name + " among " + spans).hasSize(1);
        return found.get(0);
    }

    private void decided(long at, String choice) {
        trail.decided(new Decided(at, "p", choice, OWN, List.of()));
    }

    @Test
    void a_call_that_runs_at_once_is_an_entrance_with_a_decision_and_a_run() {
        TracedCall traced = sampled();
        decided(110, "run here");
        Request ran = traced.toFunction(request(), 120);
        traced.executed(answered(200), 170);
        traced.ended(End.done(answered(200)), List.of(N1), 180);

        Span entrance = span("entrance");
        assertThat(entrance.parent()).isEqualTo(CALLERS);
        assertThat(entrance.kind()).isEqualTo(Kind.SERVER);
        assertThat(entrance.traceId()).isEqualTo(TRACE);
        assertThat(entrance.startNanos()).isEqualTo(WALL + 100);
        assertThat(entrance.endNanos()).isEqualTo(WALL + 180);
        assertThat(entrance.error()).isNull();
        assertThat(entrance.attributes())
                .contains(
                        new Attribute("faas.trigger", "http"),
                        new Attribute("faas.invocation_id", "id-1"),
                        new Attribute("http.request.method", "POST"),
                        new Attribute("http.response.status_code", 200L));
        Span decision = span("decision");
        assertThat(decision.parent()).isEqualTo(entrance.spanId());
        assertThat(decision.startNanos()).isEqualTo(WALL + 110);
        assertThat(decision.endNanos()).isEqualTo(WALL + 120);
        Span run = span("run");
        assertThat(run.parent()).isEqualTo(entrance.spanId());
        assertThat(run.kind()).isEqualTo(Kind.CLIENT);
        assertThat(run.endNanos() - run.startNanos()).isEqualTo(50);
        assertThat(ran.headers().first("traceparent")).isEqualTo("00-" + TRACE + "-" + run.spanId() + "-01");
        assertThat(spans).hasSize(3);
    }

    @Test
    void a_peer_is_told_the_span_of_the_forward_also_if_the_attempt_is_sent_twice() {
        TracedCall traced = sampled();
        decided(110, "forward n2");
        trail.sent(5, "n2", 110);
        Request booking = traced.toPeer(request("Traceparent", "00-old"), 5, 115);
        Request body = traced.toPeer(request(), 5, 130);
        trail.attemptEnded(N2, "done", 200);
        traced.ended(End.done(new Outcome.Remote(answered(200), 60, 5)), List.of(N1, N2), 205);

        Span forward = span("forward");
        String told = "00-" + TRACE + "-" + forward.spanId() + "-01";
        assertThat(booking.headers().first("traceparent")).isEqualTo(told);
        assertThat(booking.headers().size()).isOne();
        assertThat(body.headers().first("traceparent")).isEqualTo(told);
        assertThat(forward.kind()).isEqualTo(Kind.PRODUCER);
        assertThat(forward.parent()).isEqualTo(span("entrance").spanId());
        assertThat(forward.startNanos()).isEqualTo(WALL + 115);
        assertThat(forward.endNanos()).isEqualTo(WALL + 200);
        assertThat(forward.error()).isNull();
        assertThat(span("decision").endNanos()).isEqualTo(WALL + 115);
    }

    @Test
    void a_refused_forward_failed_and_the_call_did_not() {
        TracedCall traced = sampled();
        trail.sent(5, "n2", 110);
        Request sent = traced.toPeer(request(), 5, 110);
        trail.attemptEnded(N2, "refused queue_full", 120);
        traced.ended(End.done(answered(200)), List.of(N1), 205);

        assertThat(sent.headers().size()).isOne();
        assertThat(span("forward").error()).isEqualTo("refused queue_full");
        assertThat(span("entrance").error()).isNull();
    }

    @Test
    void waiting_for_a_slot_is_the_queue_and_waiting_for_probes_is_part_of_the_decision() {
        TracedCall traced = sampled();
        decided(110, "probe n2");
        decided(140, "queue");
        trail.queued(140);
        Request ran = traced.toFunction(request(), 190);
        traced.executed(answered(200), 195);
        traced.ended(End.done(answered(200)), List.of(N1), 200);

        assertThat(ran.headers().size()).isOne();
        assertThat(span("decision").startNanos()).isEqualTo(WALL + 110);
        assertThat(span("decision").endNanos()).isEqualTo(WALL + 140);
        assertThat(span("queue").startNanos()).isEqualTo(WALL + 140);
        assertThat(span("queue").endNanos()).isEqualTo(WALL + 190);
    }

    @Test
    void the_end_is_the_status() {
        sampled().ended(End.of(Reason.QUEUE_FULL), List.of(N1), 200);
        assertThat(span("entrance").error()).isEqualTo("queue_full");
        spans.clear();

        sampled().ended(End.done(answered(503)), List.of(N1), 200);
        assertThat(span("entrance").error()).isEqualTo("503");
        spans.clear();

        sampled().ended(End.of(Reason.UNKNOWN_FUNCTION), List.of(N1), 200);
        assertThat(span("entrance").error()).as("the caller's mistake").isNull();
        assertThat(span("entrance").attributes())
                .contains(
                        new Attribute("p2pfaas.end", "rejected"),
                        new Attribute("p2pfaas.reason", "unknown_function"),
                        new Attribute("http.response.status_code", 404L));
    }

    @Test
    void a_run_that_was_cut_off_says_why() {
        TracedCall traced = sampled();
        Request ran = traced.toFunction(request(), 120);
        traced.ended(End.of(Reason.EXPIRED_RUNNING), List.of(N1), 200);

        assertThat(ran.headers().size()).isOne();
        assertThat(span("run").error()).isEqualTo("expired_running");
        assertThat(span("run").endNanos()).isEqualTo(WALL + 200);
    }

    @Test
    void a_call_ends_once() {
        TracedCall traced = sampled();
        traced.handedOn(150);
        traced.ended(End.done(answered(200)), List.of(N1), 200);

        assertThat(span("entrance").attributes()).contains(new Attribute("p2pfaas.end", "handed_on"));
    }

    @Test
    void a_callers_word_that_its_call_is_not_to_be_recorded_counts_and_travels() {
        TracedCall traced = begin(
                1,
                Arrived.Way.MQTT,
                request("traceparent", "00-" + TRACE + "-" + CALLERS + "-00", "tracestate", "a=1", "x", "y"));
        Request ran = traced.toFunction(request("traceparent", "old", "tracestate", "a=1", "x", "y"), 120);
        Request sent = traced.toPeer(request(), 1, 130);
        traced.ended(End.done(answered(200)), List.of(N1), 200);

        assertThat(spans).isEmpty();
        assertThat(ran.headers().first("traceparent"))
                .isEqualTo(traced.traceparent())
                .endsWith("-00");
        assertThat(ran.headers().first("tracestate")).isEqualTo("a=1");
        assertThat(ran.headers().first("x")).isEqualTo("y");
        assertThat(ran.headers().size()).isEqualTo(3);
        assertThat(sent.headers().first("traceparent"))
                .startsWith("00-" + TRACE)
                .endsWith("-00");
    }

    @Test
    void of_calls_without_a_trace_a_share_is_drawn_and_the_others_say_so_to_the_next_node() {
        TracedCall never = begin(0, Arrived.Way.HTTP, request());
        TracedCall always = begin(1, Arrived.Way.HTTP, request());
        int drawn = 0;
        for (int i = 0; i < 1000; i++) {
            drawn += begin(0.25, Arrived.Way.HTTP, request()).isSampled() ? 1 : 0;
        }

        assertThat(never.isSampled()).isFalse();
        assertThat(never.traceparent()).endsWith("-00");
        assertThat(always.isSampled()).isTrue();
        assertThat(drawn).isBetween(200, 300);
    }

    @Test
    void two_traceparents_or_a_broken_one_begin_a_new_trace_without_state() {
        String good = "00-" + TRACE + "-" + CALLERS + "-01";
        TracedCall twice = begin(1, Arrived.Way.HTTP, request("traceparent", good, "Traceparent", good));
        TracedCall broken = begin(1, Arrived.Way.HTTP, request("traceparent", "00-1-2-01", "tracestate", "a=1"));
        twice.ended(End.done(answered(200)), List.of(N1), 200);

        assertThat(twice.traceId()).isNotEqualTo(TRACE);
        assertThat(span("entrance").parent()).isEmpty();
        assertThat(broken.toFunction(request("tracestate", "a=1"), 1).headers().first("tracestate"))
                .isNull();
    }

    @Test
    void the_wall_clock_is_asked_again_only_when_it_was_set() {
        long[] wall = {WALL};
        WallClock clock = new WallClock(() -> 0, () -> wall[0]);
        wall[0] += 1_000_000;
        assertThat(clock.offset()).isEqualTo(WALL);
        wall[0] += 3_600_000_000_000L;
        assertThat(clock.offset()).isEqualTo(wall[0]);
    }

    @Test
    void what_callers_make_long_is_cut() {
        String entry = "v=" + "x".repeat(248);
        TracedCall traced = begin(
                1,
                Arrived.Way.HTTP,
                new Request(
                        "POST",
                        "/" + "y".repeat(4_000),
                        "",
                        Headers.of(
                                "traceparent",
                                "00-" + TRACE + "-" + CALLERS + "-01",
                                "tracestate",
                                "a" + entry + ",b" + entry + ",c" + entry),
                        ByteBuffer.allocate(0)));
        Request ran = traced.toFunction(request(), 120);
        traced.ended(End.done(answered(200)), List.of(N1), 180);

        assertThat(ran.headers().first("tracestate")).isEqualTo("a" + entry + ",b" + entry);
        assertThat(span("entrance").attributes())
                .allSatisfy(
                        attribute -> assertThat(attribute.value().toString()).hasSizeLessThanOrEqualTo(512));
    }
}
