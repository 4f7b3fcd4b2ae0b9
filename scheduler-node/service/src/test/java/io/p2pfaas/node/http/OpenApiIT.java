package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Credentials;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.testing.ApiDescription;
import io.p2pfaas.node.testing.ApiDescription.Answered;
import io.undertow.util.HttpString;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description has what is served, and refusals are as it says. */
final class OpenApiIT {
    private static final String FILE = "/ui/{}";
    private static final Set<String> OF_PAGE = Set.of("/ui/", "/ui/board", "/ui/events", "/ui/invoke/{}");

    private final ApiDescription api = ApiDescription.read();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private TestEntrance node = entrance(Access.OPEN);

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
        node.viewers.close();
        node.close();
        threads.shutdownNow();
    }

    /** Files of the page are one path there; calls are taken beside the site, with any method. */
    @Test
    void it_has_every_path_and_method_that_is_served_and_no_other() {
        Map<String, Set<String>> served = new TreeMap<>();
        node.site.operations().forEach((path, methods) -> {
            String plain = ApiDescription.anonymous(path);
            boolean isFile = plain.startsWith("/ui/") && !OF_PAGE.contains(plain);
            served.computeIfAbsent(isFile ? FILE : plain, any -> new TreeSet<>())
                    .addAll(methods.stream().map(HttpString::toString).collect(Collectors.toSet()));
        });
        Map<String, Set<String>> described = new TreeMap<>(api.operations());
        Set<String> any = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
        for (String prefix : new String[] {FunctionCalls.PREFIX, AsyncEntrance.PREFIX}) {
            assertThat(described.remove(prefix + "{}")).isEqualTo(any);
            assertThat(described.remove(prefix + "{}/{}")).isEqualTo(any);
        }
        assertThat(described).isEqualTo(served);
    }

    @Test
    void it_is_served_as_it_is_in_the_jar() {
        HttpResponse<String> answer = node.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo(new String(OpenApiPage.read(), StandardCharsets.UTF_8));
    }

    @Test
    void metrics_that_are_not_there_yet_are_no_empty_text() {
        assertThat(assertDescribed("GET", "/metrics", "").statusCode()).isEqualTo(503);
        node.metrics = new MetricsText("text/plain; version=0.0.4; charset=utf-8", "a 1\n");
        HttpResponse<String> answer = assertDescribed("GET", "/metrics", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("a 1\n");
    }

    private HttpResponse<String> assertDescribed(String method, String path, String body, String... fields) {
        HttpResponse<String> answer = node.send(method, path, body, fields);
        assertThat(api.problems(new Answered(
                        method,
                        path,
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        answer.body())))
                .isEmpty();
        return answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GET|/system/functions|",
                "POST|/system/functions|{}",
                "POST|/system/functions|{\"service\":\"a\",\"image\":\"b\",\"namespace\":\"other\"}",
                "PUT|/system/functions|{\"service\":\"a\",\"image\":\"b\"}",
                "DELETE|/system/functions|{\"functionName\":\"a\"}",
                "GET|/system/functions?namespace=other|",
                "GET|/system/function/a|",
                "POST|/system/scale-function/a|{\"replicas\":1}",
                "POST|/system/scale-function/a|{\"replicas\":\"1\"}",
                "GET|/system/secrets|",
                "POST|/system/secrets|{\"name\":\"a\",\"value\":\"b\"}",
                "POST|/system/secrets|{\"name\":\"a\"}",
                "PUT|/system/secrets|{\"name\":\"z\",\"value\":\"b\"}",
                "DELETE|/system/secrets|{\"name\":\"z\"}",
                "GET|/system/namespaces|",
                "POST|/system/namespaces|{}",
                "GET|/system/namespace/openfaas-fn|",
                "GET|/system/namespace/other|",
                "DELETE|/system/namespace/other|",
                "PUT|/system/namespace/other|",
                "POST|/system/namespace/|{}",
                "GET|/system/info|",
                "GET|/system/logs|",
                "GET|/system/logs?name=a|",
                "POST|/system/drain|",
                "POST|/ui/invoke/f|hello",
                "POST|/ui/invoke/a%20b|",
                "GET|/ui|",
                "GET|/ui/|",
                "GET|/ui/other.js|",
                "GET|/async-result/unknown|",
                "POST|/function/f|hello",
                "GET|/function/f/a/b?c|",
                "GET|/function/g|",
                "POST|/function/a%20b|",
                "POST|/async-function/f|hello",
                "PUT|/async-function/f/a/b|hello",
                "GET|/|",
                "POST|/|",
                "GET|/healthz|",
                "GET|/readyz|"
            })
    void an_answer_is_as_described(String method, String path, String body) {
        node.send("POST", "/system/functions", "{\"service\":\"there\",\"image\":\"x\",\"limits\":null}");
        assertDescribed(method, path, body == null ? "" : body);
    }

    @Test
    void what_a_stranger_is_told_is_as_described() {
        node.close();
        node = entrance(Access.of(Optional.of(new Credentials("admin", "secret"))));
        api.operations().forEach((path, methods) -> {
            if (!path.startsWith("/system/") && !path.startsWith("/configuration")) {
                return;
            }
            for (String method : methods) {
                if (method.equals("GET") && path.startsWith("/configuration")) {
                    assertThat(node.get(path).statusCode()).as(path).isEqualTo(200);
                } else {
                    assertThat(assertDescribed(method, path.replace("{}", "x"), "")
                                    .statusCode())
                            .as(method + " " + path)
                            .isEqualTo(401);
                }
            }
        });
    }
}
