package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at a server of what is said to a command. */
final class RequestsIT {
    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    private HttpServer server;
    private NodeClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", RequestsIT::tell);
        server.start();
        client = new NodeClient("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void tell(HttpExchange exchange) throws IOException {
        String text = exchange.getRequestMethod() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                + exchange.getRequestHeaders().get("X-Mine") + " "
                + exchange.getRequestHeaders().get("Host") + " "
                + exchange.getRequestHeaders().get("Accept");
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(418, bodiless ? -1 : answer.length);
        if (!bodiless) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "DELETE", "PATCH", "PURGE"})
    void a_body_goes_with_every_method_and_fields_may_be_there_twice(String method) throws IOException {
        NodeClient.Answer answer = client.send(method, "/", List.of("X-Mine: 1", "X-Mine: 2", "Host: other"), BODY);

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text())
                .startsWith(method + " hello ")
                .contains("1")
                .contains("2")
                .endsWith(" [other] [*/*]");
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void every_method_goes_without_a_body(String method) throws IOException {
        assertThat(client.send(method, "/", List.of("Accept: text/plain"), null).text())
                .startsWith(method + "  null ")
                .endsWith("[text/plain]");
    }

    @Test
    void head_has_an_answer_without_a_body() throws IOException {
        NodeClient.Answer answer = client.send("HEAD", "/", List.of(), null);
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void what_says_where_a_body_ends_cannot_be_chosen() {
        assertThatThrownBy(() -> client.send("POST", "/", List.of("content-Length: 3"), BODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content-Length follows from the body");
    }

    @Test
    void nobody_there_is_told_alike_for_all_methods() {
        NodeClient away = new NodeClient("http://127.0.0.1:1", Duration.ofSeconds(10));
        for (String method : List.of("GET", "PATCH")) {
            assertThatThrownBy(() -> away.send(method, "/", List.of(), null))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            failed -> assertThat(Target.words(failed))
                                    .endsWith(": does the node run, and listen on this address?")
                                    .doesNotContain("null"));
        }
    }
}
