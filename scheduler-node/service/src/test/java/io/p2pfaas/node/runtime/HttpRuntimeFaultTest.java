package io.p2pfaas.node.runtime;

import static io.p2pfaas.node.runtime.HttpRig.call;
import static io.p2pfaas.node.runtime.HttpRig.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.testing.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that misbehave, are slow, or are not there. */
final class HttpRuntimeFaultTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private HttpRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new HttpRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complete nonsense\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            })
    void an_answer_that_is_not_http_counts_as_broken(String bytes) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(bytes)) {
            OutcomeProbe probe = call(rig.calling(server.uri()), request("POST", "", "x"));

            assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
            assertThat(probe.timesTold()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"
            })
    void a_connection_that_ends_within_an_answer_counts_as_broken(String bytes) throws IOException {
        try (ScriptedServer server = ScriptedServer.answeringOnce(bytes)) {
            OutcomeProbe probe = call(rig.calling(server.uri()), request("GET", "", ""));

            assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
            assertThat(server.requests())
                    .as("a fresh connection is no excuse to try again")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
            })
    void an_answer_may_end_with_the_connection(String head) throws IOException {
        try (ScriptedServer server = ScriptedServer.answeringOnce(head + "to the end")) {
            HttpRuntime runtime = rig.calling(server.uri());

            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("to the end");
            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("to the end");
            assertThat(server.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void a_continue_before_the_answer_is_skipped() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 100 Continue\r\n\r\n" + OK)) {
            assertThat(call(rig.calling(server.uri()), request("POST", "", "x")).text())
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void a_status_without_a_body_is_not_waited_for_whatever_its_length_says(String status) throws IOException {
        try (ScriptedServer server =
                ScriptedServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 10\r\n\r\n")) {
            Response answer =
                    call(rig.calling(server.uri()), request("GET", "", "")).answer();

            assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(answer.body().remaining()).isZero();
        }
    }

    @Test
    void a_kept_connection_is_used_again() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(OK)) {
            HttpRuntime runtime = rig.calling(server.uri());
            for (int i = 0; i < 5; i++) {
                assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("ok");
            }
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
            })
    void a_connection_that_is_about_to_end_or_cannot_be_trusted_is_not_used_again(String bytes) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(bytes)) {
            HttpRuntime runtime = rig.calling(server.uri());

            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("ok");
            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("ok");
            assertThat(server.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void without_idle_time_every_call_has_its_own_connection() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(OK)) {
            HttpLimits limits = new HttpLimits(4, 1000, Duration.ofSeconds(2), Duration.ZERO);
            HttpRuntime runtime = rig.calling(server.uri(), limits);

            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("ok");
            assertThat(call(runtime, request("POST", "", "x")).text()).isEqualTo("ok");
            assertThat(server.connectionCount()).isEqualTo(2);
            assertThat(server.requests()).allMatch(head -> head.contains("Connection: close\r\n"));
        }
    }

    @Test
    void a_connection_closed_while_idle_is_noticed_before_a_post_is_sent() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            connection.readRequest();
            connection.send(OK);
            if (connection.number() == 1) {
                connection.close();
                closed.countDown();
            }
        })) {
            HttpRuntime runtime = rig.calling(server.uri());
            assertThat(call(runtime, request("POST", "", "first")).text()).isEqualTo("ok");
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            rig.awaitTurn();

            assertThat(call(runtime, request("POST", "", "second")).text()).isEqualTo("ok");
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** The first connection takes a second request and dies of it; later ones answer. */
    private static ScriptedServer dyingOnReuse() throws IOException {
        return new ScriptedServer(connection -> {
            connection.readRequest();
            connection.send(OK);
            connection.readRequest();
            if (connection.number() > 1) {
                connection.send(OK);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void a_repeatable_call_is_sent_again_if_a_kept_connection_breaks_silently(String method) throws IOException {
        try (ScriptedServer server = dyingOnReuse()) {
            HttpRuntime runtime = rig.calling(server.uri());
            call(runtime, request("POST", "", "first")).answer();

            OutcomeProbe probe = call(runtime, request(method, "", ""));

            assertThat(probe.answer().status()).isEqualTo(200);
            assertThat(probe.timesTold()).isEqualTo(1);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "a connection to a function breaks after the call was sent",
            promise = "a call that may not run twice is not sent again")
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void a_call_that_may_not_run_twice_is_never_sent_again(String method) throws IOException {
        try (ScriptedServer server = dyingOnReuse()) {
            HttpRuntime runtime = rig.calling(server.uri());
            call(runtime, request("POST", "", "first")).answer();

            assertThat(call(runtime, request(method, "", "second")).reason()).isEqualTo(Reason.FUNCTION_BROKEN);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_refusal_before_the_whole_body_was_sent_is_an_answer() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmuch");
            done.await();
        })) {
            ByteBuffer large = ByteBuffer.allocate(20_000_000).asReadOnlyBuffer();
            OutcomeProbe probe = call(rig.calling(server.uri()), new Request("POST", "", "", Headers.EMPTY, large));

            assertThat(probe.answer().status()).isEqualTo(413);
            assertThat(probe.text()).isEqualTo("much");
            done.countDown();
        }
    }

    @Test
    void a_body_is_written_as_the_server_takes_it() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            begun.countDown();
            goOn.await();
            connection.readRequest();
            connection.send(OK);
        })) {
            String large = "x".repeat(8_000_000);
            OutcomeProbe probe = call(rig.calling(server.uri()), request("POST", "", large));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            rig.awaitTurn();
            assertThat(probe.timesTold()).isZero();
            goOn.countDown();

            assertThat(probe.text()).isEqualTo("ok");
            assertThat(server.requests().get(0)).endsWith(large);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50})
    void aborting_closes_the_connection_at_once(long idleSeconds) throws IOException {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(connection -> {
            begun.complete(connection.readRequest());
            closed.complete(connection.isClosedByPeer());
        })) {
            OutcomeProbe probe = new OutcomeProbe();
            HttpLimits limits = new HttpLimits(4, 1000, Duration.ofSeconds(2), Duration.ofSeconds(idleSeconds));
            FunctionRuntime.Execution execution =
                    rig.calling(server.uri(), limits).start(request("POST", "", "x"), HttpRig.PLENTY, probe);
            begun.orTimeout(20, TimeUnit.SECONDS).join();

            execution.abort();

            assertThat(closed.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
            assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        }
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a function answers too slowly", promise = "its call expires")
    @Test
    void a_slow_answer_expires_in_the_middle() throws IOException {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            closed.complete(connection.isClosedByPeer());
        })) {
            OutcomeProbe probe = new OutcomeProbe();
            rig.calling(server.uri()).start(request("POST", "", "x"), TimeUnit.MILLISECONDS.toNanos(80), probe);

            assertThat(probe.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
            assertThat(closed.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a function's server is gone", promise = "the caller is told so")
    @Test
    void without_a_server_the_function_is_unreachable() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        HttpRuntime runtime = rig.calling(nobody);

        for (int i = 0; i < 100; i++) {
            assertThat(call(runtime, request("GET", "", "")).reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
        }
    }

    @Test
    void a_name_that_nobody_has_is_unreachable() {
        HttpRuntime runtime = rig.calling(URI.create("http://no-such-host.invalid:9000"));

        assertThat(call(runtime, request("GET", "", "")).reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
    }

    @Test
    void a_server_that_accepts_nobody_is_unreachable_in_time() throws IOException {
        List<SocketChannel> crowd = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) full.getLocalSocketAddress();
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(address);
                crowd.add(channel);
            }
            HttpLimits limits = new HttpLimits(4, 1000, Duration.ofMillis(200), Duration.ofSeconds(50));
            HttpRuntime runtime = rig.calling(URI.create("http://127.0.0.1:" + full.getLocalPort()), limits);

            assertThat(call(runtime, request("GET", "", "")).reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
        } finally {
            for (SocketChannel channel : crowd) {
                channel.close();
            }
        }
    }
}
