package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.testing.Fault;
import io.undertow.Undertow;
import io.undertow.util.HeaderMap;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose callers do not wait, over real connections, and who they call back. */
@Timeout(60)
final class AsyncCallsIT {
    private static final int QUEUE = 6;

    private record Running(Request request, CompletableFuture<Response> answer) {
        void answers(int status, String body) {
            assertThat(answer.complete(new Response(
                            status,
                            Headers.of("Content-Type", "text/x", "X-Own", "1"),
                            ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))))
                    .isTrue();
        }
    }

    private record CalledBack(String path, HeaderMap fields, String body) {}

    private final BlockingQueue<Running> running = new LinkedBlockingQueue<>();
    private final BlockingQueue<CalledBack> calledBack = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Undertow hook = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(exchange -> exchange.getRequestReceiver().receiveFullString((read, body) -> {
                calledBack.add(new CalledBack(read.getRequestPath(), read.getRequestHeaders(), body));
                read.setStatusCode(failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 204);
                if (read.getRequestPath().endsWith("/moved")) {
                    read.getResponseHeaders().put(io.undertow.util.Headers.LOCATION, "/hooks/elsewhere");
                    read.setStatusCode(307);
                }
                read.endExchange();
            }))
            .build();
    private final TestEntrance node = start();

    private TestEntrance start() {
        hook.start();
        return new TestEntrance(
                ManagementSetup.of(Access.OPEN, "1"),
                new AsyncSetup(
                        QUEUE,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(1),
                        100,
                        1_000_000,
                        List.of(hookUrl("/hooks/"))),
                Runnable::run,
                request -> {
                    CompletableFuture<Response> answer = new CompletableFuture<>();
                    running.add(new Running(request, answer));
                    return answer;
                });
    }

    private String hookUrl(String path) {
        InetSocketAddress address =
                (InetSocketAddress) hook.getListenerInfo().get(0).getAddress();
        return "http://127.0.0.1:" + address.getPort() + path;
    }

    @AfterEach
    void close() {
        node.close();
        hook.stop();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T next = queue.poll(TestEntrance.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TestEntrance.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static String field(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void a_call_is_accepted_at_once_and_its_result_is_found_by_its_id() throws Exception {
        HttpResponse<String> accepted =
                node.send("POST", "/async-function/f.openfaas-fn/a/b?c=d", "body", "X-Mine", "1");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String id = UUID.fromString(field(accepted, "X-Call-Id")).toString();
        String result = field(accepted, "Location");
        assertThat(result).isEqualTo("/async-result/" + id);
        assertThat(node.get(result).statusCode()).isEqualTo(202);

        Running call = next(running);
        assertThat(call.request().path()).isEqualTo("/a/b");
        assertThat(call.request().query()).isEqualTo("c=d");
        assertThat(call.request().headers().first("X-Mine")).isEqualTo("1");
        assertThat(call.request().headers().first("X-Call-Id")).isEqualTo(id);
        assertThat(StandardCharsets.UTF_8
                        .decode(call.request().body().duplicate())
                        .toString())
                .isEqualTo("body");
        assertThat(node.holdsBodies()).isTrue();
        call.answers(418, "tea");

        await("the result is there", () -> node.get(result).statusCode() == 418);
        HttpResponse<String> told = node.get(result);
        assertThat(told.body()).isEqualTo("tea");
        assertThat(field(told, "X-Function-Status")).isEqualTo("418");
        assertThat(field(told, "X-Call-Id")).isEqualTo(id);
        assertThat(field(told, "Content-Type")).isEqualTo("text/x");
        assertThat(field(told, "X-Own")).isEqualTo("1");
        assertThat(field(told, "X-P2pfaas-Scheduler")).isEqualTo("NoScheduler");
        assertThat(field(told, "X-Duration-Seconds")).matches("\\d+\\.\\d{6}");
        assertThat(node.holdsBodies()).isFalse();
    }

    @Test
    void a_callers_own_id_is_used_while_it_is_free() throws Exception {
        HttpResponse<String> first = node.send("POST", "/async-function/f", "", "X-Call-Id", "mine-1");
        HttpResponse<String> second = node.send("POST", "/async-function/f", "", "X-Call-Id", "mine-1");
        HttpResponse<String> odd = node.send("POST", "/async-function/f", "", "X-Call-Id", "../mine?1");
        assertThat(field(first, "Location")).isEqualTo("/async-result/mine-1");
        assertThat(field(second, "X-Call-Id")).isEqualTo("mine-1");
        assertThat(UUID.fromString(field(second, "Location").substring("/async-result/".length())))
                .isNotNull();
        assertThat(UUID.fromString(field(odd, "Location").substring("/async-result/".length())))
                .isNotNull();
        next(running).answers(201, "first");
        await(
                "the first result is there",
                () -> node.get("/async-result/mine-1").statusCode() == 201);
    }

    @Test
    void an_unknown_id_is_404() {
        assertThat(node.get("/async-result/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(node.get("/async-result/").statusCode()).isEqualTo(404);
    }

    @Test
    void more_calls_than_slots_wait_their_turn_and_all_end() throws Exception {
        List<String> results = new java.util.ArrayList<>();
        for (int i = 0; i < QUEUE; i++) {
            HttpResponse<String> accepted = node.send("POST", "/async-function/f", "x");
            assertThat(accepted.statusCode()).isEqualTo(202);
            results.add(field(accepted, "Location"));
        }
        HttpResponse<String> tooMany = node.send("POST", "/async-function/f", "x");
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(field(tooMany, "Retry-After")).isEqualTo("1");
        assertThat(running).hasSize(TestEntrance.SLOTS);
        for (int i = 0; i < QUEUE; i++) {
            next(running).answers(200, "done");
        }
        for (String result : results) {
            await(result, () -> node.get(result).statusCode() == 200);
        }
        assertThat(node.openAsyncCalls()).isZero();
        assertThat(node.holdsBodies()).isFalse();
    }

    @Test
    void an_unknown_function_is_told_by_the_result() {
        HttpResponse<String> accepted = node.send("POST", "/async-function/other", "x");
        assertThat(accepted.statusCode()).isEqualTo(202);
        HttpResponse<String> told = node.get(field(accepted, "Location"));
        assertThat(told.statusCode()).isEqualTo(404);
        assertThat(field(told, "X-Function-Status")).isEqualTo("404");
        assertThat(told.body()).contains("\"code\":3");
    }

    @Test
    void a_result_is_posted_to_the_callback() throws Exception {
        HttpResponse<String> accepted = node.send(
                "POST", "/async-function/f", "x", "X-Callback-Url", hookUrl("/hooks/a?b=c"), "X-Call-Id", "mine");
        assertThat(accepted.statusCode()).isEqualTo(202);
        next(running).answers(201, "tea");
        CalledBack told = next(calledBack);
        assertThat(told.path()).isEqualTo("/hooks/a");
        assertThat(told.body()).isEqualTo("tea");
        assertThat(told.fields().getFirst("X-Call-Id")).isEqualTo("mine");
        assertThat(told.fields().getFirst("X-Function-Name")).isEqualTo("f");
        assertThat(told.fields().getFirst("X-Function-Status")).isEqualTo("201");
        assertThat(told.fields().getFirst("X-Duration-Seconds")).matches("\\d+\\.\\d{6}");
        assertThat(told.fields().getFirst("Content-Type")).isEqualTo("text/x");
        await("nothing is open", () -> node.openAsyncCalls() == 0);
    }

    @Fault(in = Fault.Area.CALLER, fault = "a callback fails", promise = "it is tried again")
    @Test
    void a_callback_that_fails_is_tried_again() throws Exception {
        failures.set(1);
        node.send("POST", "/async-function/f", "x", "X-Callback-Url", hookUrl("/hooks/a"));
        next(running).answers(200, "tea");
        next(calledBack);
        assertThat(next(calledBack).body()).isEqualTo("tea");
        await("nothing is open", () -> node.openAsyncCalls() == 0);
    }

    @Test
    void a_callback_is_not_redirected() throws Exception {
        node.send("POST", "/async-function/f", "x", "X-Callback-Url", hookUrl("/hooks/moved"));
        next(running).answers(200, "tea");
        assertThat(next(calledBack).path()).isEqualTo("/hooks/moved");
        await("nothing is open", () -> node.openAsyncCalls() == 0);
        assertThat(calledBack).isEmpty();
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "a callback to an address that is not allowed",
            promise = "the call is refused")
    @Test
    void a_callback_that_is_not_allowed_is_refused_before_the_call_is_taken() {
        for (String url :
                new String[] {hookUrl("/other"), "http://127.0.0.1:1/hooks/", "nonsense", hookUrl("/hooks/../x")}) {
            HttpResponse<String> refused = node.send("POST", "/async-function/f", "x", "X-Callback-Url", url);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("async.callbacks");
        }
        assertThat(running).isEmpty();
        assertThat(node.openAsyncCalls()).isZero();
    }

    @Test
    void a_waiting_caller_and_the_function_are_told_the_same_id() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> node.send("GET", "/function/f", "", "X-Call-Id", "mine"));
        Running call = next(running);
        assertThat(call.request().headers().first("X-Call-Id")).isEqualTo("mine");
        String started = call.request().headers().first("X-Start-Time");
        assertThat(started).matches("\\d{19}");
        call.answers(200, "tea");
        assertThat(field(answer.get(), "X-Call-Id")).isEqualTo("mine");
        assertThat(field(answer.get(), "X-Start-Time")).isEqualTo(started);
        assertThat(field(answer.get(), "X-Duration-Seconds")).matches("0\\.\\d{6}");
    }
}
