package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that send too much, too slowly, or nonsense: they get a clear word at best, and the node lives on. */
final class HostileCallersIT {
    private static final int LIMIT = 1024 * 1024;
    private static final int FAR_TOO_LARGE = 32 * LIMIT;
    private static final String HEAD = "POST /function/echo HTTP/1.1\r\nHost: x\r\n";

    private static MosquittoProcess broker;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.of(
                1,
                Flags.forBroker(broker.port())
                        .with("http.max-body", "1MiB")
                        .with("http.max-buffered", "2MiB")
                        .with("http.read-timeout", "400ms")
                        .with("http.idle-timeout", "1s")
                        .with("functions", "echo=builtin:echo"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void the_node_lives_and_has_counted_right() {
        byte[] body = {1, 2, 3};
        Reply reply = Await.of(cluster.caller().post(cluster.function(1, "echo"), body));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(body);
        cluster.awaitIdle();
        cluster.metrics();
    }

    private static RawHttp connect() throws IOException {
        return new RawHttp(cluster.node(1).url());
    }

    @Test
    void a_body_that_is_announced_as_too_large_is_refused_before_it_is_sent() throws IOException {
        try (RawHttp http = connect()) {
            http.send(HEAD + "Content-Length: " + (LIMIT + 1) + "\r\n\r\n");

            assertThat(http.readStatusLine()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "announced bodies that never come",
            promise = "408; connection and memory are free again")
    @Test
    void bodies_that_never_come_keep_neither_their_connections_nor_the_memory_for_bodies() throws IOException {
        try (RawHttp first = connect();
                RawHttp second = connect()) {
            first.send(HEAD + "Content-Length: " + LIMIT + "\r\n\r\n");
            second.send(HEAD + "Content-Length: " + LIMIT + "\r\n\r\n");

            assertThat(first.readToEnd()).contains("408 Request Time-out");
            assertThat(second.readToEnd()).contains("408 Request Time-out");
        }
        // The check after each test posts a body: there is room for it again.
    }

    /** Far more than the sockets' buffers hold: the node has to read it, or the caller never gets to the answer. */
    @Fault(
            in = Fault.Area.CALLER,
            fault = "oversized body on HTTP, with a length",
            promise = "413, and the connection ends")
    @Test
    void a_caller_that_sends_too_large_a_body_to_its_end_is_told_and_may_go_on() throws IOException {
        try (RawHttp http = connect()) {
            http.send(HEAD + "Content-Length: " + FAR_TOO_LARGE + "\r\n\r\n").send(new byte[FAR_TOO_LARGE]);
            http.send(HEAD + "Connection: close\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(http.readToEnd())
                    .startsWith("HTTP/1.1 413 Request Entity Too Large")
                    .contains("HTTP/1.1 200 OK")
                    .endsWith("hello");
        }
    }

    @Fault(in = Fault.Area.CALLER, fault = "oversized body on HTTP, chunked", promise = "413, and the connection ends")
    @Test
    void a_body_that_turns_out_too_large_is_refused_and_read_to_its_end() throws IOException {
        try (RawHttp http = connect()) {
            http.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < FAR_TOO_LARGE / chunk.length; i++) {
                http.send("10000\r\n").send(chunk).send("\r\n");
            }
            http.send("0\r\n\r\n");

            assertThat(http.readToEnd())
                    .startsWith("HTTP/1.1 413 Request Entity Too Large")
                    .contains("Connection: close");
        }
    }

    @Test
    void a_caller_that_asks_first_is_told_to_send() throws IOException {
        try (RawHttp http = connect()) {
            http.send(HEAD + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 5\r\n\r\n");
            assertThat(http.readStatusLine()).isEqualTo("HTTP/1.1 100 Continue");

            assertThat(http.send("hello").readToEnd())
                    .contains("HTTP/1.1 200 OK")
                    .endsWith("hello");
        }
    }

    @Test
    void a_caller_that_asks_first_is_told_not_to_send_what_is_too_large() throws IOException {
        try (RawHttp http = connect()) {
            http.send(HEAD + "Expect: 100-continue\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n");

            assertThat(http.readToEnd())
                    .startsWith("HTTP/1.1 413 Request Entity Too Large")
                    .doesNotContain("100 Continue");
        }
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "a node leaves while a body is on its way",
            promise = "it waits for the body, and takes nothing new")
    @Test
    void a_node_that_leaves_waits_for_bodies_that_are_on_their_way() throws IOException {
        Flags flags = Flags.forBroker(broker.port()).with("functions", "echo=builtin:echo");
        try (Node leaving = Node.start(flags.with("id", "leaver").settings());
                RawHttp http = new RawHttp(leaving.url())) {
            http.send(HEAD + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 5\r\n\r\n");
            assertThat(http.readStatusLine()).isEqualTo("HTTP/1.1 100 Continue");
            http.send("he");

            CompletableFuture<Void> left = CompletableFuture.runAsync(leaving::close);
            Await.until(
                    "the node takes nothing new",
                    () -> Await.of(cluster.caller().post(leaving.url() + "/function/echo", new byte[1]))
                                    .status()
                            == 503);

            assertThat(http.send("llo").readToEnd()).contains("HTTP/1.1 200 OK").endsWith("hello");
            Await.of(left);
        }
    }

    @Test
    void a_body_of_exactly_the_limit_is_taken_either_way() throws IOException {
        byte[] body = new byte[LIMIT];
        Arrays.fill(body, (byte) 'x');
        assertThat(Await.of(cluster.caller().post(cluster.function(1, "echo"), body))
                        .body())
                .isEqualTo(body);
        try (RawHttp http = connect()) {
            http.send(HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n")
                    .send(body)
                    .send("\r\n0\r\n\r\n");

            assertThat(http.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("xxxx");
        }
    }

    @Test
    void a_body_that_does_not_come_ends_the_connection_and_does_not_run_late() throws IOException {
        long received = received();
        try (RawHttp http = connect()) {
            http.send(HEAD + "Content-Length: 10\r\n\r\nabc");
            assertThat(http.readStatusLine()).isIn("HTTP/1.1 408 Request Time-out", "");
            http.sendIfWanted("defghij");

            http.readToEnd();
        }
        assertThat(received()).isEqualTo(received);
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "slow body: a byte now and then",
            promise = "it is given up after the read timeout")
    @Test
    void a_body_that_drips_is_not_waited_for_longer_than_one_that_stalls() throws IOException {
        long received = received();
        try (RawHttp http = connect()) {
            http.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            // A chunk for each look: it ends when the node has had enough, or the patience here.
            Await.until("the node has had enough", () -> {
                try {
                    http.send("1\r\nx\r\n");
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        assertThat(received()).isEqualTo(received);
    }

    @Test
    void a_body_that_breaks_off_is_not_run() throws IOException {
        long received = received();
        try (RawHttp http = connect()) {
            http.send(HEAD + "Content-Length: 10\r\n\r\nabc").endSending();

            assertThat(http.readToEnd()).doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(received()).isEqualTo(received);
    }

    private static long received() {
        return cluster.metrics().get(0).received("caller");
    }

    @Fault(in = Fault.Area.CALLER, fault = "malformed HTTP", promise = "never a 2xx, never a call")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "\0\1\2\3",
                "GET\r\n\r\n",
                "POST /function/echo\r\n\r\n",
                "POST /function/echo HTTP/9.9\r\n\r\n",
                "POST /function/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /function/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /function/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, identity\r\n\r\nabc",
                "POST /function/echo HTTP/1.1\r\nHost: x\r\nX\r\n\r\n",
                "POST /function/echo HTTP/1.1\r\n: x\r\n\r\n",
            })
    void nonsense_is_never_answered_with_success(String nonsense) throws IOException {
        long done = cluster.metrics().get(0).ended("caller", "done");
        try (RawHttp http = connect()) {
            String answer = http.send(nonsense).endSending().readToEnd();

            assertThat(answer).doesNotContain("HTTP/1.1 2");
        }
        assertThat(cluster.metrics().get(0).ended("caller", "done")).isEqualTo(done);
    }

    @Fault(in = Fault.Area.CALLER, fault = "random bytes, endless heads", promise = "never a 2xx; the node serves on")
    @Test
    void random_bytes_and_endless_heads_do_no_harm() throws IOException {
        byte[] bytes = new byte[50_000];
        new Random(1).nextBytes(bytes);
        try (RawHttp http = connect();
                RawHttp endless = connect();
                RawHttp many = connect()) {
            http.sendIfWanted(new String(bytes, StandardCharsets.ISO_8859_1));
            endless.sendIfWanted("GET / HTTP/1.1\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n");
            many.sendIfWanted("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(1000) + "\r\n");

            assertThat(http.readToEnd()).doesNotContain("HTTP/1.1 2");
            assertThat(endless.readToEnd()).doesNotContain("HTTP/1.1 2");
            assertThat(many.readToEnd()).doesNotContain("HTTP/1.1 2");
        }
    }
}
