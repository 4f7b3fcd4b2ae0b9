package io.p2pfaas.node.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.trace.SpanExport.Fate;
import io.p2pfaas.node.trace.SpanExport.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Collectors that do not do what they should. */
@Timeout(60)
final class OtlpPostIT {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ENDLESS = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n";

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final ServerSocket collector = listen();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterEach
    void close() throws IOException {
        collector.close();
        threads.shutdownNow();
    }

    private OtlpPost post() {
        URI url = URI.create("http://127.0.0.1:" + collector.getLocalPort() + "/v1/traces");
        return new OtlpPost(url, Optional.empty(), PATIENCE);
    }

    /** Answers the first request so, and then with blanks as fast as they are taken, or not at all. */
    private void answer(String head, boolean goesOn) {
        threads.execute(() -> {
            try (Socket socket = collector.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(head.getBytes(US_ASCII));
                out.flush();
                byte[] blanks = " ".repeat(8192).getBytes(US_ASCII);
                while (goesOn) {
                    out.write(blanks);
                }
                // Until the node has had enough.
                while (socket.getInputStream().read() >= 0) {}
            } catch (IOException ignored) {
                // The node closed the connection, as it should.
            }
        });
    }

    @Test
    void an_answer_without_an_end_is_given_up() throws InterruptedException {
        answer(ENDLESS, true);

        assertGivenUp(post().send(new byte[10]));
    }

    @Test
    void an_answer_whose_body_never_comes_is_given_up() throws InterruptedException {
        answer(ENDLESS, false);

        assertGivenUp(post().send(new byte[10]));
    }

    @Test
    void a_collector_that_says_nothing_is_given_up() throws InterruptedException {
        answer("", false);

        assertGivenUp(post().send(new byte[10]));
    }

    private static void assertGivenUp(Result result) {
        assertThat(result.fate()).isEqualTo(Fate.LATER);
        assertThat(result.why()).contains("did not answer within 1 s");
    }
}
