package io.p2pfaas.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.p2pfaas.node.trace.SpanExport.Fate;
import io.p2pfaas.node.trace.SpanExport.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches on their way to a collector, which may answer what it likes. */
final class OtlpPostIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable HttpServer collector;

    private OtlpPost collector(HttpHandler answer, Duration patience) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", answer);
        server.start();
        collector = server;
        return new OtlpPost(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces"),
                Optional.empty(),
                patience);
    }

    private static HttpHandler answers(int status, byte[] body) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    @AfterEach
    void stop() {
        over.countDown();
        if (collector != null) {
            collector.stop(0);
        }
    }

    @Test
    void a_batch_that_was_taken_in_part_says_so() throws Exception {
        byte[] body = "{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"too old\"}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(collector(answers(200, body), PATIENCE).send(new byte[1]))
                .isEqualTo(new Result(Fate.TAKEN, 2, "too old"));
    }

    @Test
    void an_answer_without_a_word_or_with_too_many_is_no_trouble() throws Exception {
        assertThat(collector(answers(200, new byte[0]), PATIENCE).send(new byte[1]))
                .isEqualTo(Result.TAKEN);
        stop();
        assertThat(collector(answers(200, new byte[4_000_000]), PATIENCE).send(new byte[1]))
                .isEqualTo(Result.TAKEN);
    }

    @Test
    void a_status_says_whether_another_try_makes_sense() throws Exception {
        assertThat(collector(answers(503, new byte[0]), PATIENCE)
                        .send(new byte[1])
                        .fate())
                .isEqualTo(Fate.LATER);
        stop();
        assertThat(collector(answers(400, new byte[0]), PATIENCE)
                        .send(new byte[1])
                        .fate())
                .isEqualTo(Fate.REFUSED);
    }

    @Test
    void a_collector_that_stops_within_its_answer_holds_nobody_up() throws Exception {
        OtlpPost post = collector(
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    awaitEnd();
                },
                Duration.ofSeconds(1));

        Result result = post.send(new byte[1]);

        assertThat(result.fate()).isEqualTo(Fate.LATER);
        assertThat(result.why()).contains("did not answer within 1000 ms");
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
