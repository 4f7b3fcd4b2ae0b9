package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /ui} as a browser gets it, with and without script. */
final class LivePagesIT {
    private static final int MAX_BYTES = 150_000;
    private static final long POLL_NANOS = 10_000_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpClient client = HttpClient.newHttpClient();
    private final TestEntrance node = new TestEntrance(
            ManagementSetup.of(Access.OPEN, "1.2.3"),
            AsyncSetup.DEFAULT,
            threads,
            request ->
                    CompletableFuture.completedFuture(new Response(200, Headers.EMPTY, ByteBuffer.wrap(new byte[0]))));

    @AfterEach
    void close() {
        node.viewers.close();
        node.close();
        threads.shutdownNow();
    }

    private HttpResponse<InputStream> open(String path, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url(path)));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<String> files() {
        return PageFiles.text("files.txt")
                .lines()
                .filter(name -> !name.isBlank())
                .toList();
    }

    @Test
    void the_page_is_read_without_script_and_names_from_outside_are_text() {
        HttpResponse<String> page = node.get("/ui");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains(PageFiles.STRICT);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("Node n1: 1 of 1 nodes online")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
        assertThat(page.body()).doesNotContain("<!--first-");
    }

    @Test
    void all_files_are_there_small_and_ask_nobody_else() throws IOException, InterruptedException {
        long bytes = PageFiles.text("index.html").getBytes(StandardCharsets.UTF_8).length;
        for (String name : files()) {
            if (name.endsWith(".html")) {
                continue;
            }
            HttpResponse<InputStream> file = open("/ui/" + name);
            byte[] content = file.body().readAllBytes();
            bytes += content.length;
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            String tag = file.headers().firstValue("ETag").orElseThrow();
            assertThat(open("/ui/" + name, "If-None-Match", tag).statusCode())
                    .as(name)
                    .isEqualTo(304);
        }
        assertThat(bytes).isLessThan(MAX_BYTES);
        assertThat(node.get("/ui/other.js").statusCode()).isEqualTo(404);
        assertThat(node.get("/ui/..%2fServiceRules.class").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_names_only_files_that_are_served() {
        String page = PageFiles.text("index.html");
        Matcher named = Pattern.compile("(?:src|href)=\"(/ui/[^\"]+|[^\"#:]+\\.(?:js|css|svg))\"")
                .matcher(page);
        assertThat(named.find()).isTrue();
        do {
            String name = named.group(1).replaceFirst("^/ui/", "");
            assertThat(files()).contains(name);
        } while (named.find());
        // The name space of the icon is a name, and nothing is fetched from it.
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain(" style=");
    }

    @Test
    void who_listens_gets_the_board_at_once_and_then_what_is_shown() throws IOException, InterruptedException {
        HttpResponse<InputStream> events = open("/ui/events");
        assertThat(events.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(event(lines)).isEqualTo(TestEntrance.BOARD);
            assertThat(node.viewers.anybody(Long.MIN_VALUE)).isTrue();
            AtomicBoolean heard = new AtomicBoolean();
            // Again and again: while the first board is on its way the next is left out.
            threads.execute(() -> {
                while (!heard.get()) {
                    node.viewers.show("{}".getBytes(StandardCharsets.UTF_8));
                    LockSupport.parkNanos(POLL_NANOS);
                }
            });
            assertThat(event(lines)).isEqualTo("{}");
            heard.set(true);
        }
    }

    private static String event(BufferedReader lines) throws IOException {
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return data;
            }
            if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            }
        }
        throw new IOException("the stream ended");
    }

    @Test
    void a_call_for_the_page_goes_over_mqtt_without_what_the_browser_adds() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(node.url("/ui/invoke/f")))
                        .headers("X-Mine", "1", "Cookie", "secret")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Over")).contains("mqtt");
        assertThat(answer.body()).isEqualTo("f 1 null body");
        assertThat(node.send("POST", "/ui/invoke/a%20b", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_node_is_asked_to_leave_by_a_post_only() {
        assertThat(node.get("/system/drain").statusCode()).isEqualTo(405);
        assertThat(node.leaveAsked).isFalse();
        assertThat(node.send("POST", "/system/drain", "").statusCode()).isEqualTo(202);
        assertThat(node.leaveAsked).isTrue();
    }

    @Test
    void who_asks_once_counts_as_looking_for_a_moment() {
        assertThat(node.get("/ui/board").body()).isEqualTo(TestEntrance.BOARD);
        assertThat(node.viewers.anybody(System.nanoTime())).isTrue();
        assertThat(node.viewers.anybody(System.nanoTime() + 60_000_000_000L)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ui, 200",
        "GET, /ui/, 308",
        "GET, /ui/board, 200",
        "GET, /ui/app.js, 200",
        "GET, /ui/none.js, 404",
        "GET, /ui/..%2fx, 404",
        "POST, /ui/board, 405",
        "POST, /ui/invoke/a%20b, 404",
        "POST, /ui/invoke/, 404"
    })
    void every_answer_below_ui_says_what_a_browser_may_do_with_it(String method, String path, int status) {
        HttpResponse<String> answer = node.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly(PageFiles.STRICT);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void events_say_so_too() throws IOException, InterruptedException {
        HttpResponse<InputStream> events = open("/ui/events");

        assertThat(events.headers().allValues("Content-Security-Policy")).containsExactly(PageFiles.STRICT);
        assertThat(events.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void what_a_function_answers_to_the_page_is_no_part_of_it_whatever_it_says() {
        HttpResponse<String> answer = node.send("POST", "/ui/invoke/f", "");

        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly(PageFiles.FOREIGN);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://elsewhere.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void a_page_of_another_site_calls_nothing_over_mqtt(String field, String value) {
        assertThat(node.send("POST", "/ui/invoke/f", "", field, value).statusCode())
                .isEqualTo(403);
    }

    @Test
    void however_many_ask_at_once_the_board_is_written_once() {
        for (int i = 0; i < 50; i++) {
            assertThat(node.get("/ui/board").statusCode()).isEqualTo(200);
        }
        assertThat(node.boardsWritten.get()).isLessThan(50);
        int before = node.boardsWritten.get();
        node.aheadNanos = TimeUnit.SECONDS.toNanos(1);
        assertThat(node.get("/ui/board").statusCode()).isEqualTo(200);
        assertThat(node.boardsWritten.get()).isEqualTo(before + 1);
    }

    @Test
    void who_listens_and_takes_nothing_loses_the_place() throws IOException {
        byte[] more = new byte[12 * 1024 * 1024];
        Arrays.fill(more, (byte) 'x');
        try (RawClient deaf = new RawClient(node.port())) {
            deaf.send("GET /ui/events HTTP/1.1\r\nHost: x\r\n\r\n");
            deaf.readUntil("]}\n");
            // More than the system keeps for a connection; the first one may find it busy with its first board.
            for (int i = 0; i < 10; i++) {
                node.viewers.show(more);
                LockSupport.parkNanos(2 * POLL_NANOS);
            }
            assertThat(node.viewers.listening()).isEqualTo(1);
            node.aheadNanos = TimeUnit.SECONDS.toNanos(60);

            node.viewers.show("{}".getBytes(StandardCharsets.UTF_8));

            assertThat(node.viewers.listening()).isZero();
        }
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + TestEntrance.PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Test
    void a_place_is_free_again_when_a_page_is_gone() throws IOException {
        for (int i = 0; i < 3 * Viewers.MAX_LISTENING; i++) {
            try (RawClient one = new RawClient(node.port())) {
                one.send("GET /ui/events HTTP/1.1\r\nHost: x\r\n\r\n");
                String head = one.readUntil("\r\n");
                assertThat(head).matches("HTTP/1.1 (200 OK|503 Service Unavailable)\r\n");
            }
        }
        await(() -> {
            node.viewers.show("{}".getBytes(StandardCharsets.UTF_8));
            return node.viewers.listening() == 0;
        });
        try (RawClient one = new RawClient(node.port())) {
            one.send("GET /ui/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(one.readUntil("\r\n")).contains("200");
        }
    }

    @Test
    void no_more_pages_listen_than_there_is_room_for() throws IOException, InterruptedException {
        for (int i = 0; i < Viewers.MAX_LISTENING; i++) {
            HttpResponse<InputStream> one = open("/ui/events");
            assertThat(event(new BufferedReader(new InputStreamReader(one.body(), StandardCharsets.UTF_8))))
                    .isNotEmpty();
        }
        HttpResponse<InputStream> refused = open("/ui/events");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("/ui/board");
    }
}
