package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.http.FakeFunctionDesk.Reading;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs over real connections: line by line, as fast as the client reads, and with an end. */
@Timeout(60)
final class LogsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLLOW = "GET /system/logs?name=f&follow=true HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final TestEntrance node = entrance(Duration.ofMinutes(1), 100_000_000, 2);

    private TestEntrance entrance(Duration maxTime, long maxBytes, int maxLogs) {
        TestEntrance entrance = new TestEntrance(
                new ManagementSetup(Access.OPEN, "1", maxTime, maxBytes, maxLogs),
                AsyncSetup.DEFAULT,
                threads,
                request -> new CompletableFuture<>());
        assertThat(entrance.send("POST", "/system/functions", "{\"service\":\"f\",\"image\":\"i\"}")
                        .statusCode())
                .isEqualTo(202);
        return entrance;
    }

    @AfterEach
    void close() {
        node.close();
        threads.shutdownNow();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TestEntrance.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static boolean isClosed(Reading reading) {
        return reading.closed().get() > 0;
    }

    @Test
    void a_log_that_is_not_followed_ends_with_its_last_line() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                () -> node.get("/system/logs?name=f&tail=2&namespace=openfaas-fn"), threads);
        Reading reading = node.functions.nextReading();
        assertThat(reading.query().tail()).hasValue(2);
        assertThat(reading.write("one \"quoted\"")).isTrue();
        assertThat(reading.write("")).isTrue();
        reading.sink().ended();
        HttpResponse<String> log = answer.get();
        assertThat(log.statusCode()).isEqualTo(200);
        assertThat(log.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        String[] lines = log.body().split("\n", -1);
        assertThat(lines).hasSize(3);
        JsonNode first = JSON.readTree(lines[0]);
        assertThat(first.get("name").asText()).isEqualTo("f");
        assertThat(first.get("instance").asText()).isEqualTo("f-1");
        assertThat(first.get("timestamp").asText()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(first.get("text").asText()).isEqualTo("one \"quoted\"");
        assertThat(first.get("namespace").asText()).isEqualTo("openfaas-fn");
    }

    @Test
    void a_log_that_is_followed_comes_line_by_line_and_its_client_ends_it() throws Exception {
        Reading reading;
        try (RawClient client = new RawClient(node.port())) {
            client.send(FOLLOW);
            String head = client.readUntil("\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("Transfer-Encoding: chunked");
            reading = node.functions.nextReading();
            assertThat(reading.query().follow()).isTrue();
            for (String text : new String[] {"first", "second"}) {
                assertThat(reading.write(text)).isTrue();
                assertThat(client.readUntil("}\n\r\n")).contains("\"text\":\"" + text + "\"");
            }
            assertThat(isClosed(reading)).isFalse();
        }
        await("the stream is closed when its client has gone", () -> isClosed(reading));
        assertThat(reading.write("nobody reads this")).isFalse();
    }

    @Test
    void a_client_that_reads_nothing_holds_its_source_back_until_it_goes() throws Exception {
        Reading reading;
        CompletableFuture<Integer> written;
        try (RawClient client = new RawClient(node.port())) {
            client.send(FOLLOW);
            reading = node.functions.nextReading();
            String text = "x".repeat(10_000);
            written = CompletableFuture.supplyAsync(
                    () -> {
                        int lines = 0;
                        while (lines < 100_000 && reading.write(text)) {
                            lines++;
                        }
                        return lines;
                    },
                    threads);
            assertThat(isStillWriting(written)).isTrue();
        }
        assertThat(written.get()).isBetween(1, 10_000);
        await("the stream is closed", () -> isClosed(reading));
    }

    /** A gigabyte of log would be written in this time if nobody held it back. */
    private static boolean isStillWriting(CompletableFuture<Integer> written)
            throws ExecutionException, InterruptedException {
        try {
            written.get(2, TimeUnit.SECONDS);
            return false;
        } catch (TimeoutException late) {
            return true;
        }
    }

    @Test
    void a_log_ends_after_its_time() throws Exception {
        try (TestEntrance brief = entrance(Duration.ofMillis(300), 1_000_000, 2);
                RawClient client = new RawClient(brief.port())) {
            client.send(FOLLOW);
            Reading reading = brief.functions.nextReading();
            assertThat(reading.write("last")).isTrue();
            assertThat(client.readToEnd()).contains("\"text\":\"last\"").endsWith("\r\n0\r\n\r\n");
            await("the stream is closed", () -> isClosed(reading));
        }
    }

    @Test
    void a_log_ends_after_so_many_bytes_with_a_whole_line() throws Exception {
        try (TestEntrance small = entrance(Duration.ofMinutes(1), 1_000, 2);
                RawClient client = new RawClient(small.port())) {
            client.send(FOLLOW);
            Reading reading = small.functions.nextReading();
            int lines = 1;
            while (reading.write("y".repeat(200))) {
                lines++;
            }
            assertThat(lines).isEqualTo(4);
            String all = client.readToEnd();
            assertThat(all.split("\"text\"", -1)).hasSize(1 + lines);
            assertThat(all).endsWith("}\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void not_more_logs_are_read_than_can_be_at_the_same_time() throws Exception {
        try (RawClient one = new RawClient(node.port());
                RawClient two = new RawClient(node.port())) {
            one.send(FOLLOW);
            two.send(FOLLOW);
            one.readUntil("\r\n\r\n");
            two.readUntil("\r\n\r\n");
            HttpResponse<String> third = node.get("/system/logs?name=f");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
        }
        await("there is room again", this::canRead);
    }

    private boolean canRead() {
        try (RawClient client = new RawClient(node.port())) {
            client.send(FOLLOW);
            return client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200");
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void a_log_of_nothing_is_refused() {
        assertThat(node.get("/system/logs").statusCode()).isEqualTo(400);
        assertThat(node.get("/system/logs?name=other").statusCode()).isEqualTo(404);
        assertThat(node.get("/system/logs?name=f&since=yesterday").statusCode()).isEqualTo(400);
        assertThat(node.get("/system/logs?name=f&namespace=other").statusCode()).isEqualTo(501);
    }
}
