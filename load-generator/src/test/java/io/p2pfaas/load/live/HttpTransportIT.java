package io.p2pfaas.load.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.p2pfaas.load.arrivals.Deterministic;
import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.plan.CallTemplate;
import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runner, the clock of the machine and the HTTP client against a real server. */
final class HttpTransportIT {
    private static final int CALLS = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        threads.shutdownNow();
        server.stop(0);
    }

    private Plan plan(int port, Duration timeout, int maxInFlight) {
        return new Plan(
                List.of(URI.create("http://127.0.0.1:" + port + "/function/echo?x=1")),
                new CallTemplate(List.of(new HeaderField("X-Test", "yes")), "hello".getBytes(UTF_8)),
                new Deterministic(250),
                Duration.ZERO,
                Duration.ofMillis(200),
                timeout,
                1,
                maxInFlight);
    }

    private static RunRecord run(Plan plan) {
        try (HttpTransport transport = new HttpTransport(plan)) {
            return new Runner(Pace.of(plan), Agenda.of(plan.schedule()), transport, new SystemClock(), outcome -> {})
                    .run();
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void calls_arrive_as_planned_and_answers_are_told_apart() {
        AtomicInteger asPlanned = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().toString().equals("/function/echo?x=1")
                    && "yes".equals(exchange.getRequestHeaders().getFirst("X-Test"))
                    && body.equals("hello")) {
                asPlanned.incrementAndGet();
            }
            switch (calls.getAndIncrement() % 5) {
                case 0 -> answer(exchange, 200, "hello");
                case 1 -> {
                    exchange.getResponseHeaders().add(NodeAnswer.EXTERNALLY_EXECUTED, "True");
                    exchange.getResponseHeaders().add(NodeAnswer.PEERS_LIST_ID, "[\"n1\",\"n2\"]");
                    answer(exchange, 200, "");
                }
                case 2 -> answer(exchange, 500, "{\"code\":400,\"message\":\"Job cannot be scheduled: \"}");
                case 3 -> answer(exchange, 500, "broken");
                // Nothing but the end of the connection.
                default -> exchange.close();
            }
        });
        RunRecord run = run(plan(port(), Duration.ofSeconds(30), 100));

        assertThat(asPlanned).hasValue(CALLS);
        assertThat(run.measured().ended(EndState.OK)).isEqualTo(20);
        assertThat(run.measured().ended(EndState.REJECTED)).isEqualTo(10);
        assertThat(run.measured().ended(EndState.OTHER_STATUS)).isEqualTo(10);
        assertThat(run.measured().ended(EndState.CONNECTION_ERROR)).isEqualTo(10);
        assertThat(run.measured().executors()).containsEntry("local", 10L).containsEntry("n2", 10L);
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void a_server_silent_until_the_last_call_has_come_shows_in_the_latency_of_the_first() {
        CountDownLatch allHaveCome = new CountDownLatch(CALLS);
        server.createContext("/", exchange -> {
            allHaveCome.countDown();
            await(allHaveCome);
            answer(exchange, 200, "");
        });
        Plan plan = plan(port(), Duration.ofSeconds(30), 100);
        RunRecord run = run(plan);

        Schedule schedule = plan.schedule();
        assertThat(run.measured().ended(EndState.OK)).isEqualTo(CALLS);
        // Not a matter of speed: the first answer cannot come before the last call was sent.
        assertThat(run.measured().latency(EndState.OK).getMaxValue())
                .isGreaterThanOrEqualTo(schedule.dueNanos(CALLS - 1) - schedule.dueNanos(0));
    }

    @Test
    void a_server_that_never_answers_means_timeouts() {
        CountDownLatch never = new CountDownLatch(1);
        server.createContext("/", exchange -> await(never));
        RunRecord run = run(plan(port(), Duration.ofMillis(300), 8));
        assertThat(run.measured().ended(EndState.TIMEOUT) + run.measured().ended(EndState.NOT_SENT))
                .isEqualTo(CALLS);
        assertThat(run.measured().ended(EndState.TIMEOUT)).isGreaterThanOrEqualTo(8);
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void a_call_given_up_frees_its_connection() throws InterruptedException {
        Semaphore arrived = new Semaphore(0);
        CountDownLatch never = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            arrived.release();
            await(never);
        });
        Plan plan = plan(port(), Duration.ofSeconds(30), 1);
        try (HttpTransport transport = new HttpTransport(plan)) {
            for (int call = 0; call < 10; call++) {
                Runnable giveUp = transport.send(new PlannedCall(call, 0, 0, 0, 0), reply -> {});
                assertThat(arrived.tryAcquire(30, TimeUnit.SECONDS))
                        .as("call %d reaches the server", call)
                        .isTrue();
                giveUp.run();
            }
        }
    }

    @Test
    void a_port_nobody_listens_on_means_connection_errors_only() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        RunRecord run = run(plan(unused, Duration.ofSeconds(30), 100));
        assertThat(run.measured().ended(EndState.CONNECTION_ERROR)).isEqualTo(CALLS);
        assertThat(run.isAllConnectionErrors()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            // Longer than anybody waits for a call: a server that gives up would free connections, too.
            if (!latch.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the others never came");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
