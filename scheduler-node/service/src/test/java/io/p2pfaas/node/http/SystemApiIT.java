package io.p2pfaas.node.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Credentials;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests that faas-cli sends, and the answers that it understands. */
final class SystemApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What faas-cli deploy sends for a function of a stack file. */
    private static final String FIGLET = """
            {"service":"figlet","image":"figlet:1","namespace":"openfaas-fn","envProcess":"figlet",\
            "envVars":{"a":"b"},"constraints":null,"secrets":["key"],"labels":{"com.openfaas.scale.min":"1"},\
            "annotations":{"topic":"x"},"limits":{"memory":"128Mi"},"requests":null,"readOnlyRootFilesystem":true}""";

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final TestEntrance node = entrance(Access.OPEN);

    private TestEntrance entrance(Access access) {
        return new TestEntrance(
                ManagementSetup.of(access, "1.2.3"),
                AsyncSetup.DEFAULT,
                threads,
                request -> CompletableFuture.completedFuture(
                        new Response(200, Headers.EMPTY, ByteBuffer.wrap(new byte[0]))));
    }

    @AfterEach
    void close() {
        node.close();
        threads.shutdownNow();
    }

    private static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(response.body());
    }

    private static void assertError(HttpResponse<String> response, int status, String message)
            throws JsonProcessingException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("code").isInt()).isTrue();
        assertThat(json(response).get("message").asText()).contains(message);
    }

    @Test
    void deploy_is_a_put_and_then_a_post_and_next_time_a_put_only() throws JsonProcessingException {
        assertError(node.send("PUT", "/system/functions", FIGLET), 404, "Not Found");
        HttpResponse<String> posted = node.send("POST", "/system/functions", FIGLET);
        assertThat(posted.statusCode()).isEqualTo(202);
        assertThat(posted.body()).isEmpty();
        assertThat(node.send("PUT", "/system/functions", FIGLET).statusCode()).isEqualTo(202);
    }

    @Test
    void list_and_describe_tell_what_was_deployed_and_how_it_is() throws JsonProcessingException {
        assertThat(node.get("/system/functions").body()).isEqualTo("[]");
        node.send("POST", "/system/functions", FIGLET);
        JsonNode list = json(node.get("/system/functions?namespace=openfaas-fn"));
        assertThat(list).hasSize(1);
        JsonNode described = json(node.get("/system/function/figlet?namespace=openfaas-fn&usage=1"));
        assertThat(described).isEqualTo(list.get(0));
        assertThat(described.get("name").asText()).isEqualTo("figlet");
        assertThat(described.get("availableReplicas").asInt()).isEqualTo(1);
        assertThat(described.get("limits")).isEqualTo(JSON.readTree("{\"memory\":\"128Mi\"}"));
        assertThat(json(node.get("/system/function/figlet.openfaas-fn"))).isEqualTo(described);
    }

    @ParameterizedTest
    @CsvSource({"/system/function/other", "/system/function/figlet.other", "/system/function/%2e%2e"})
    void an_unknown_function_is_404(String path) throws JsonProcessingException {
        assertError(node.get(path), 404, "Not Found");
    }

    @Test
    void scale_sets_replicas() throws JsonProcessingException {
        node.send("POST", "/system/functions", FIGLET);
        String body = "{\"serviceName\":\"figlet\",\"replicas\":3,\"namespace\":\"openfaas-fn\"}";
        assertThat(node.send("POST", "/system/scale-function/figlet", body).statusCode())
                .isEqualTo(202);
        assertThat(json(node.get("/system/function/figlet")).get("replicas").asInt())
                .isEqualTo(3);
        assertThat(node.send("POST", "/system/scale-function/figlet", "{\"replicas\":0}")
                        .statusCode())
                .isEqualTo(202);
        assertError(node.send("POST", "/system/scale-function/other", "{\"replicas\":1}"), 404, "Not Found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|replicas is missing",
                "{\"replicas\":-1}|replicas is -1",
                "{\"replicas\":\"1\"}|replicas is \"1\"",
                "{\"replicas\":1.5}|replicas is 1.5",
                "{\"replicas\":18446744073709551615}|replicas is 18446744073709551615",
                "{\"replicas\":1,\"serviceName\":\"other\"}|serviceName is \"other\"",
                "x|not sound JSON",
            })
    void a_wrong_scale_is_400_and_names_the_field(String body, String message) throws JsonProcessingException {
        node.send("POST", "/system/functions", FIGLET);
        assertError(node.send("POST", "/system/scale-function/figlet", body), 400, message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "/system/functions|{\"functionName\":\"figlet\"}",
                "/system/functions?namespace=openfaas-fn|{\"functionName\":\"figlet\"}",
                "/system/functions|{\"functionName\":\"figlet\",\"namespace\":\"openfaas-fn\"}",
                "/system/functions|{\"functionName\":\"figlet.openfaas-fn\"}",
            })
    void remove_takes_the_namespace_anywhere(String path, String body) throws JsonProcessingException {
        node.send("POST", "/system/functions", FIGLET);
        assertThat(node.send("DELETE", path, body).statusCode()).isEqualTo(202);
        assertError(node.send("DELETE", path, body), 404, "Not Found");
        assertThat(node.get("/system/functions").body()).isEqualTo("[]");
    }

    @Test
    void what_cannot_be_deployed_says_why() throws JsonProcessingException {
        assertError(node.send("POST", "/system/functions", "{}"), 400, "image is missing");
        assertError(node.send("POST", "/system/functions", ""), 400, "no JSON object");
        assertError(
                node.send("POST", "/system/functions", "{\"service\":\"f\",\"image\":\"missing\"}"),
                400,
                "cannot be fetched");
        assertError(node.send("DELETE", "/system/functions", "{}"), 400, "functionName is missing");
        assertError(
                node.send("POST", "/system/functions", "{\"x\":\"" + "y".repeat(300_000) + "\"}"), 413, "larger than");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "GET|/system/functions?namespace=other|",
                "GET|/system/function/figlet?namespace=other|",
                "GET|/system/secrets?namespace=other|",
                "POST|/system/functions|{\"service\":\"f\",\"image\":\"i\",\"namespace\":\"other\"}",
                "DELETE|/system/functions?namespace=other|{\"functionName\":\"figlet\"}",
                "DELETE|/system/functions|{\"functionName\":\"figlet\",\"namespace\":\"other\"}",
                "POST|/system/secrets|{\"name\":\"a\",\"value\":\"b\",\"namespace\":\"other\"}",
                "POST|/system/namespace/other|{\"name\":\"other\"}",
                "POST|/system/namespace/|{\"name\":\"other\"}",
                "PUT|/system/namespace/openfaas-fn|{}",
                "DELETE|/system/namespace/openfaas-fn|{}",
            })
    void other_namespaces_are_not_offered(String method, String path, String body) throws JsonProcessingException {
        assertError(node.send(method, path, body == null ? "" : body), 501, "openfaas-fn");
    }

    @Test
    void there_is_one_namespace() throws JsonProcessingException {
        assertThat(node.get("/system/namespaces").body()).isEqualTo("[\"openfaas-fn\"]");
        assertThat(json(node.get("/system/namespace/openfaas-fn")).get("name").asText())
                .isEqualTo("openfaas-fn");
        assertError(node.get("/system/namespace/other"), 404, "Not Found");
    }

    @Test
    void info_tells_provider_and_version() throws JsonProcessingException {
        JsonNode info = json(node.get("/system/info"));
        assertThat(info.get("provider").get("provider").asText()).isEqualTo("p2pfaas-mqtt");
        assertThat(info.get("version").get("release").asText()).isEqualTo("1.2.3");
        assertThat(info.get("arch").asText()).isNotEmpty();
    }

    @Test
    void secrets_are_created_listed_updated_and_removed_but_never_told() throws JsonProcessingException {
        String name = "{\"name\":\"key\",\"namespace\":\"openfaas-fn\"";
        assertThat(node.get("/system/secrets").body()).isEqualTo("[]");
        assertError(node.send("PUT", "/system/secrets", name + ",\"value\":\"new\"}"), 404, "Not Found");
        assertThat(node.send("POST", "/system/secrets", name + ",\"value\":\"s3cret\"}")
                        .statusCode())
                .isEqualTo(202);
        assertError(node.send("POST", "/system/secrets", name + ",\"value\":\"s3cret\"}"), 409, "there is a secret");
        assertThat(JSON.readTree(
                        node.get("/system/secrets?namespace=openfaas-fn").body()))
                .isEqualTo(JSON.readTree("[" + name + "}]"));
        assertThat(value("key")).isEqualTo("s3cret");
        String raw = Base64.getEncoder().encodeToString("gr\u00fcn\0".getBytes(StandardCharsets.UTF_8));
        String both = name + ",\"value\":\"ignored\",\"rawValue\":\"" + raw + "\"}";
        assertThat(node.send("PUT", "/system/secrets", both).statusCode()).isEqualTo(202);
        assertThat(value("key")).isEqualTo("gr\u00fcn\0");
        assertThat(node.send("DELETE", "/system/secrets", name + "}").statusCode())
                .isEqualTo(202);
        assertError(node.send("DELETE", "/system/secrets", name + "}"), 404, "Not Found");
    }

    private String value(String name) {
        ByteBuffer value = node.secrets.secrets.get(name);
        return value == null
                ? "absent"
                : StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "{\"name\":\"../key\",\"value\":\"s3cret\"}|name is",
                "{\"value\":\"s3cret\"}|name is missing",
                "{\"name\":\"key\"}|have 0 bytes",
                "{\"name\":\"key\",\"value\":\"\"}|have 0 bytes",
                "{\"name\":\"key\",\"value\":7}|must be strings",
                "{\"name\":\"key\",\"rawValue\":\"s3cret!\"}|not sound Base64",
                "{\"name\":\"key\",\"value\":\"s3cret}|not sound JSON",
            })
    void a_wrong_secret_is_400_and_its_value_is_not_repeated(String body, String message)
            throws JsonProcessingException {
        HttpResponse<String> answer = node.send("POST", "/system/secrets", body);
        assertError(answer, 400, message);
        assertThat(answer.body()).doesNotContain("s3cret");
        assertThat(node.secrets.names()).isEmpty();
    }

    @Test
    void a_secret_that_is_too_long_is_refused() throws JsonProcessingException {
        String body = "{\"name\":\"key\",\"value\":\"" + "x".repeat(64 * 1024 + 1) + "\"}";
        assertError(node.send("POST", "/system/secrets", body), 400, "65537 bytes");
    }

    @Test
    void other_methods_are_405_and_other_paths_404() {
        HttpResponse<String> patched = node.send("PATCH", "/system/functions", "{}");
        assertThat(patched.statusCode()).isEqualTo(405);
        assertThat(patched.headers().firstValue("Allow")).contains("GET, POST, PUT, DELETE");
        assertThat(node.send("POST", "/system/function/f", "{}").statusCode()).isEqualTo(405);
        assertThat(node.get("/system/function/").statusCode()).isEqualTo(404);
        assertThat(node.get("/system/function/a/b").statusCode()).isEqualTo(404);
        assertThat(node.get("/system/alerts").statusCode()).isEqualTo(404);
    }

    @Test
    void a_desk_that_fails_is_500_without_its_words() throws JsonProcessingException {
        HttpResponse<String> answer = node.get("/system/function/broken");
        assertError(answer, 500, "its log says more");
        assertThat(answer.body()).doesNotContain("as the test wants");
    }

    @Test
    void a_node_that_has_too_much_to_do_says_when_to_come_again() throws JsonProcessingException {
        try (TestEntrance busy = new TestEntrance(
                ManagementSetup.of(Access.OPEN, "1"),
                AsyncSetup.DEFAULT,
                task -> {
                    throw new RejectedExecutionException();
                },
                request -> new CompletableFuture<>())) {
            HttpResponse<String> answer = busy.send("POST", "/system/functions", FIGLET);
            assertError(answer, 503, "try again");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void with_a_password_nothing_is_told_or_done_without_it() throws JsonProcessingException {
        try (TestEntrance guarded = entrance(Access.of(Optional.of(new Credentials("admin", "pass"))))) {
            for (String path : new String[] {"/system/functions", "/system/info", "/system/nothing"}) {
                HttpResponse<String> answer = guarded.get(path);
                assertError(answer, 401, "user and password");
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .startsWith("Basic realm=");
            }
            String right = "Basic " + Base64.getEncoder().encodeToString("admin:pass".getBytes(StandardCharsets.UTF_8));
            assertThat(guarded.get("/system/functions", "Authorization", right).statusCode())
                    .isEqualTo(200);
            assertError(guarded.send("POST", "/system/functions", FIGLET), 401, "");
            assertThat(guarded.functions.list()).isEmpty();
            assertThat(guarded.send("POST", "/configuration", "{}").statusCode())
                    .isEqualTo(401);
            assertThat(guarded.send("POST", "/configuration/scheduler", "{}").statusCode())
                    .isEqualTo(401);
            assertThat(guarded.send("POST", "/configuration", "{}", "Authorization", right)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(guarded.get("/configuration").statusCode()).isEqualTo(200);
            assertThat(guarded.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(guarded.send("POST", "/function/f", "x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_password_that_is_nearly_right_is_not_given_to_the_function() {
        AtomicReference<@Nullable Request> seen = new AtomicReference<>();
        try (TestEntrance guarded = new TestEntrance(
                ManagementSetup.of(Access.of(Optional.of(new Credentials("admin", "pass"))), "1.2.3"),
                AsyncSetup.DEFAULT,
                threads,
                request -> {
                    seen.set(request);
                    return CompletableFuture.completedFuture(
                            new Response(200, Headers.EMPTY, ByteBuffer.wrap(new byte[0])));
                })) {
            for (String said : new String[] {"admin:pass", "admin:passs"}) {
                String login = "Basic " + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8));
                assertThat(guarded.send("POST", "/function/f", "x", "Authorization", login)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(requireNonNull(seen.getAndSet(null)).headers().first("Authorization"))
                        .isNull();
            }
            String theirs = "Basic " + Base64.getEncoder().encodeToString("joe:pass".getBytes(StandardCharsets.UTF_8));
            assertThat(guarded.send("POST", "/function/f", "x", "Authorization", theirs)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(requireNonNull(seen.get()).headers().first("Authorization"))
                    .isEqualTo(theirs);
        }
    }

    @Test
    void without_a_password_a_proxy_or_a_strange_name_is_not_this_machine() throws Exception {
        assertError(node.get("/system/functions", "X-Forwarded-For", "10.0.0.1"), 403, "http.admin-password-file");
        assertError(node.get("/system/functions", "Forwarded", "for=10.0.0.1"), 403, "http.admin-user");
        try (RawClient raw = new RawClient(node.port())) {
            raw.send("GET /system/functions HTTP/1.1\r\nHost: evil.example:1\r\nConnection: close\r\n\r\n");
            assertThat(raw.readToEnd()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void a_page_of_another_site_changes_nothing() throws JsonProcessingException {
        for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1"}) {
            assertError(node.send("POST", "/system/functions", FIGLET, "Origin", origin), 403, "another web site");
        }
        assertError(
                node.send("POST", "/system/functions", FIGLET, "Sec-Fetch-Site", "cross-site"),
                403,
                "another web site");
        assertThat(node.functions.list()).isEmpty();
        assertThat(node.send("POST", "/system/functions", FIGLET, "Origin", node.url(""))
                        .statusCode())
                .isEqualTo(202);
        assertThat(node.get("/system/functions", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(200);
    }
}
