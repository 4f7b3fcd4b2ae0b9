package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a proxy in front of the node might read otherwise than the node, slow heads, and connections without end. */
final class HttpAttacksIT {
    private static final int IDLE = 10_000;
    private static final String SMUGGLED = "GET /function/secret?code=201 HTTP/1.1\r\nHost: x\r\n\r\n";

    private static MosquittoProcess broker;
    private static NodeProcess node;
    private static final Caller caller = new Caller();

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        node = NodeProcess.start(Flags.forBroker(broker.port())
                .with("id", "n1")
                .with("http.read-timeout", "1s")
                .with("http.idle-timeout", "8s")
                .with("functions", "echo=builtin:echo", "secret=builtin:status"));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "HTTP request smuggling: two lengths, a length and chunks, hidden Transfer-Encoding",
            promise = "what is hidden in a body never runs")
    @ParameterizedTest
    @ValueSource(
            strings = {
                // A proxy goes by the length; the node must not go by the chunks and take the rest for a request.
                "Content-Length: 56\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Transfer-Encoding: chunked\r\nContent-Length: 56\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length: 0\r\nContent-Length: 51\r\n\r\n" + SMUGGLED,
                "Content-Length: 51\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
                "Content-Length: 0, 51\r\n\r\n" + SMUGGLED,
                "Content-Length: +0\r\n\r\n" + SMUGGLED,
                "Content-Length: 0x33\r\n\r\n" + SMUGGLED,
                "Content-Length: 18446744073709551616\r\n\r\n" + SMUGGLED,
                "Content-Length: 18446744073709551667\r\n\r\n" + SMUGGLED,
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length : 0\r\n\r\n" + SMUGGLED,
                "Content-Length: 56\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length: 56\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length: 56\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length: 56\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + SMUGGLED,
                "Content-Length: 56\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                "Content-Length: 56\r\nX: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
            })
    void a_request_in_the_body_of_another_never_runs(String rest) throws IOException {
        try (RawHttp http = new RawHttp(node.url())) {
            String answer = http.send("POST /function/echo HTTP/1.1\r\nHost: x\r\n" + rest)
                    .endSending()
                    .readToEnd();

            assertThat(answer).doesNotContain("HTTP/1.1 201");
        }
        assertServes();
    }

    /** Undertow reads these sizes as 0; a proxy that reads them otherwise would send what follows as part of the body. */
    @Fault(
            in = Fault.Area.CALLER,
            fault = "HTTP request smuggling: chunk sizes that are none, bare line feeds",
            promise = "the connection ends after one request in chunks, so what follows never runs")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0_0\r\n\r\n",
                "0;\n\r\n",
                "0\n\n",
                "0\n\r\n",
                "0;a=\"\r\n\r\n",
                "0x\r\n\r\n",
                "-0\r\n\r\n",
                "1\r\nZ\r\n0\r\n\r\n"
            })
    void after_a_request_in_chunks_the_connection_carries_no_other(String chunks) throws IOException {
        try (RawHttp http = new RawHttp(node.url())) {
            String answer = http.send("POST /function/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + chunks + SMUGGLED)
                    .endSending()
                    .readToEnd();

            assertThat(answer).doesNotContain("HTTP/1.1 201");
        }
        assertServes();
    }

    private static void assertServes() {
        long start = System.nanoTime();
        assertThat(Await.of(caller.post(node.url() + "/function/echo", new byte[] {1}))
                        .status())
                .isEqualTo(200);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "slow head: a byte of a head now and then",
            promise = "the connection ends after the read timeout")
    @Test
    void a_head_that_drips_ends_with_the_read_timeout() throws IOException {
        try (RawHttp http = new RawHttp(node.url())) {
            http.send("POST /function/echo HTTP/1.1\r\nX: ");
            Await.until("the node has had enough", () -> {
                try {
                    http.send("y");
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        assertServes();
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "10,000 idle connections",
            promise = "calls are answered meanwhile; the connections end after the idle timeout")
    @Test
    void ten_thousand_connections_that_say_nothing_keep_nobody_out_and_end() throws IOException {
        URI address = URI.create(node.url());
        InetSocketAddress there = new InetSocketAddress(address.getHost(), address.getPort());
        List<SocketChannel> idle = new ArrayList<>(IDLE);
        try {
            for (int i = 0; i < IDLE; i++) {
                idle.add(SocketChannel.open(there));
                if (i % 1000 == 0) {
                    assertServes();
                }
            }
            assertServes();
            ByteBuffer one = ByteBuffer.allocate(1);
            for (SocketChannel channel : idle) {
                channel.configureBlocking(false);
            }
            Await.until("all connections are ended", () -> idle.stream().allMatch(channel -> isEnded(channel, one)));
            assertServes();
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    private static boolean isEnded(SocketChannel channel, ByteBuffer one) {
        try {
            return channel.read(one.clear()) < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
