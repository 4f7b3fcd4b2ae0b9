package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.ApiDescription;
import io.p2pfaas.node.testing.ApiDescription.Answered;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What real nodes answer is what {@code /openapi.json} says. */
final class OpenApiAnswersIT {
    private static MosquittoProcess broker;
    private static Cluster cluster;

    private final ApiDescription api = ApiDescription.read();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.of(
                2,
                Flags.forBroker(broker.port())
                        .with("slots", "1")
                        .with("queue", "0")
                        .with("shadow", "LeastLoadedSpill")
                        .with("functions", "echo=builtin:echo", "nap=builtin:sleep?mean=300ms"));
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

    /** One answer, and that it is as described. */
    private Answered ask(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(cluster.node(1).url() + path))
                .timeout(Await.PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        HttpResponse<String> response = Await.of(client.sendAsync(request.build(), BodyHandlers.ofString()));
        Answered answer = new Answered(
                method,
                path,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
        assertThat(api.problems(answer)).isEmpty();
        return answer;
    }

    private static void assertStatus(Answered answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    @Test
    void what_a_node_tells_of_itself_is_as_described() {
        assertStatus(ask("POST", "/function/echo", "hello", "X-P2pfaas-Scheduler-Forward", "1"), 200);
        assertStatus(ask("POST", "/function/echo", "hello", "X-P2pfaas-Scheduler-Reject", "1"), 503);
        for (String path : new String[] {
            "/status",
            "/list",
            "/ui/board",
            "/configuration",
            "/configuration/scheduler",
            "/healthz",
            "/readyz",
            "/configuration/scheduler/shadow",
            "/monitoring/load",
            "/openapi.json",
            "/system/info",
            "/ui",
            "/"
        }) {
            assertStatus(ask("GET", path, ""), 200);
        }
        assertThat(ask("GET", "/list", "").body()).contains("\"name\":\"n2\"");
        assertThat(ask("GET", "/status", "").body()).contains("\"shadow\":{", "sampleAgeMillis");
        assertThat(ask("GET", "/ui/board", "").body()).contains("\"report\":{");
    }

    @Test
    void metrics_come_in_both_formats() {
        Await.until("there are metrics", () -> ask("GET", "/metrics", "").status() == 200);
        assertThat(ask("GET", "/metrics", "").contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        Answered open = ask("GET", "/metrics", "", "Accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");
        assertThat(open.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void changes_and_their_refusals_are_as_described() {
        assertStatus(ask("POST", "/configuration", "{\"queue_length_max\":0}"), 200);
        assertStatus(ask("POST", "/configuration", "{\"queue_length_max\":-1}"), 400);
        assertStatus(ask("POST", "/configuration/scheduler", "{\"name\":\"BrokerMatch\",\"parameters\":[]}"), 200);
        assertStatus(ask("POST", "/configuration/scheduler", "{\"name\":\"Nope\"}"), 400);
        assertStatus(ask("POST", "/configuration/scheduler/shadow", "{\"name\":\"\"}"), 200);
        assertStatus(ask("GET", "/configuration/scheduler/shadow", ""), 200);
        assertStatus(ask("POST", "/configuration/scheduler", "x".repeat(70_000)), 413);
        assertStatus(ask("POST", "/configuration", "{}", "Sec-Fetch-Site", "cross-site"), 403);
        ask("POST", "/configuration/scheduler/shadow", "{\"name\":\"LeastLoadedSpill\"}");
    }

    @Test
    void functions_are_deployed_listed_scaled_and_removed_as_described() {
        String deployment = "{\"service\":\"sum\",\"image\":\"builtin:hash\",\"labels\":{\"a\":\"b\"}}";
        assertStatus(ask("PUT", "/system/functions", deployment), 404);
        assertStatus(ask("POST", "/system/functions", deployment), 202);
        assertStatus(ask("PUT", "/system/functions", deployment), 202);
        assertThat(ask("GET", "/system/functions", "").body()).contains("sum", "nap");
        assertStatus(ask("GET", "/system/function/sum", ""), 200);
        assertStatus(ask("POST", "/system/scale-function/sum", "{\"replicas\":2}"), 400);
        assertStatus(ask("POST", "/system/secrets", "{\"name\":\"s\",\"value\":\"v\"}"), 202);
        assertStatus(ask("GET", "/system/secrets", ""), 200);
        assertStatus(ask("DELETE", "/system/secrets", "{\"name\":\"s\"}"), 202);
        assertStatus(ask("DELETE", "/system/functions", "{\"functionName\":\"sum\"}"), 202);
    }

    @Test
    void calls_that_are_not_waited_for_are_as_described() {
        HttpResponse<String> taken = Await.of(client.sendAsync(
                HttpRequest.newBuilder(URI.create(cluster.node(1).url() + "/async-function/nap"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString()));
        String result = taken.headers().firstValue("Location").orElseThrow();
        assertThat(ask("GET", result, "").status()).isIn(200, 202);
        Await.until("it has ended", () -> ask("GET", result, "").status() == 200);
    }

    /** With nothing but its method and path; whatever is answered must be described. */
    @Test
    void every_operation_answers_as_described() {
        Set<String> elsewhere = Set.of("/ui/events", "/system/drain");
        api.operations().forEach((path, methods) -> {
            if (!elsewhere.contains(path)) {
                String concrete = path.startsWith("/ui/{")
                        ? "/ui/app.js"
                        : path.replaceFirst("\\{}", "echo").replace("{}", "a/b");
                methods.forEach(method -> ask(method, concrete, ""));
            }
        });
    }

    @Test
    void events_begin_with_the_board() throws IOException {
        HttpResponse<InputStream> events = Await.of(client.sendAsync(
                HttpRequest.newBuilder(URI.create(cluster.node(1).url() + "/ui/events"))
                        .build(),
                BodyHandlers.ofInputStream()));
        try (InputStream body = events.body()) {
            String begin = new String(body.readNBytes(5), StandardCharsets.UTF_8);
            assertThat(begin).isIn("event", "data:");
        }
        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    }

    @Test
    void a_node_that_is_asked_to_leave_says_so() {
        assertStatus(ask("POST", "/system/drain", ""), 202);
    }
}
