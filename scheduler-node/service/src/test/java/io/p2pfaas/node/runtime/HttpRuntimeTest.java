package io.p2pfaas.node.runtime;

import static io.p2pfaas.node.runtime.HttpRig.call;
import static io.p2pfaas.node.runtime.HttpRig.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.XnioIoThread;

/** Against a server that behaves. */
final class HttpRuntimeTest {
    private static Undertow server;
    private static URI base;
    private HttpRig rig;
    private HttpRuntime runtime;

    @BeforeAll
    static void startServer() {
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(16)
                // The default of 2 MB answers 413 to more.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .addHttpListener(0, "127.0.0.1", new BlockingHandler(HttpRuntimeTest::serve))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        base = URI.create("http://127.0.0.1:" + address.getPort());
    }

    private static void serve(HttpServerExchange exchange) throws IOException {
        byte[] body = exchange.getInputStream().readAllBytes();
        switch (exchange.getRequestPath()) {
            case "/echo" -> {
                exchange.setResponseContentLength(body.length);
                exchange.getOutputStream().write(body);
            }
            case "/chunked" -> exchange.getOutputStream().write(body);
            case "/request" -> {
                StringBuilder text = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                        + "?" + exchange.getQueryString() + "\n");
                exchange.getRequestHeaders()
                        .forEach(values -> values.forEach(value -> text.append(values.getHeaderName())
                                .append(": ")
                                .append(value)
                                .append('\n')));
                exchange.getResponseSender().send(text.toString());
            }
            case "/redirect" -> {
                exchange.setStatusCode(302).getResponseHeaders().put(new HttpString("Location"), "/elsewhere");
            }
            case "/cookies" ->
                exchange.getResponseHeaders()
                        .add(new HttpString("Set-Cookie"), "a=1")
                        .add(new HttpString("Set-Cookie"), "b=2")
                        .put(new HttpString("Proxy-Authenticate"), "Basic")
                        .put(new HttpString("Connection"), "X-Hop")
                        .put(new HttpString("X-Hop"), "1")
                        .put(new HttpString("X-End"), "1");
            case "/head" -> exchange.setResponseContentLength(1000);
            default ->
                exchange.setStatusCode(
                        Integer.parseInt(exchange.getRequestPath().substring(1)));
        }
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    @BeforeEach
    void start() throws IOException {
        rig = new HttpRig();
        runtime = rig.calling(base);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static ByteBuffer bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/chunked"})
    void bodies_of_any_size_pass_both_ways(String path) {
        for (int length : new int[] {0, 1, 100, 4095, 4096, 4097, 16_384, 70_000, 5_000_000}) {
            Response answer = call(runtime, new Request("POST", path, "", Headers.EMPTY, bytes(length)))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().equals(bytes(length)))
                    .as("%d bytes", length)
                    .isTrue();
            assertThat(answer.body().isReadOnly()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/chunked"})
    void an_answer_at_the_limit_is_taken_and_one_above_is_not(String path) {
        HttpRuntime limited = rig.calling(base, HttpRig.limits(10_000));

        assertThat(call(limited, new Request("POST", path, "", Headers.EMPTY, bytes(10_000)))
                        .answer()
                        .body()
                        .remaining())
                .isEqualTo(10_000);
        assertThat(call(limited, new Request("POST", path, "", Headers.EMPTY, bytes(10_001)))
                        .reason())
                .isEqualTo(Reason.ANSWER_TOO_LARGE);
        assertThat(call(limited, request("POST", "/echo", "fine again")).text()).isEqualTo("fine again");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 301, 304, 400, 404, 413, 417, 500, 503})
    void every_status_is_passed_on(int status) {
        assertThat(call(runtime, request("POST", "/" + status, "x")).answer().status())
                .isEqualTo(status);
        assertThat(call(runtime, request("POST", "/echo", "next")).text()).isEqualTo("next");
    }

    @Test
    void a_redirect_is_passed_on_and_not_followed() {
        Response answer = call(runtime, request("GET", "/redirect", "")).answer();

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().first("location")).isEqualTo("/elsewhere");
    }

    @Test
    void the_answer_has_end_to_end_fields_only_and_all_of_one_name() {
        List<String> fields = new ArrayList<>();

        call(runtime, request("GET", "/cookies", ""))
                .answer()
                .headers()
                .forEach((name, value) -> fields.add(name + ": " + value));

        assertThat(fields)
                .contains("Set-Cookie: a=1", "Set-Cookie: b=2", "X-End: 1")
                .noneMatch(field -> field.matches("(?i)(connection|keep-alive|proxy-.*|content-length|x-hop):.*"));
    }

    @Test
    void the_function_gets_end_to_end_fields_and_a_host_of_its_own() {
        String seen = call(
                        runtime,
                        request(
                                "POST",
                                "/request",
                                "four",
                                "Host",
                                "outside.example",
                                "Connection",
                                "X-Hop",
                                "X-Hop",
                                "1",
                                "Expect",
                                "100-continue",
                                "Transfer-Encoding",
                                "chunked",
                                "Content-Length",
                                "7",
                                "TE",
                                "trailers",
                                "X-Forwarded-Proto",
                                "https",
                                "Accept",
                                "a",
                                "Accept",
                                "b"))
                .text();

        assertThat(seen.lines().skip(1))
                .containsExactlyInAnyOrder(
                        "Host: " + base.getRawAuthority(),
                        "X-Forwarded-Proto: https",
                        "Accept: a",
                        "Accept: b",
                        "Content-Length: 4");
    }

    @Test
    void a_line_break_becomes_neither_a_field_nor_a_request() {
        Request evil = new Request(
                "POST",
                "/request",
                "a=b\r\nX-Injected: 1",
                Headers.of("X-Bad", "1\r\nX-Injected: 2", "X-Good", "1"),
                bytes(0));

        assertThat(call(runtime, evil).text())
                .contains("a=b%0D%0AX-Injected:%201")
                .contains("X-Good: 1")
                .doesNotContain("\nX-Injected");
    }

    @Test
    void path_and_query_are_appended_raw_to_the_targets_path() {
        HttpRuntime below = rig.calling(base.resolve("/request"));
        Request request = new Request("GET", "", "q=%2F&r=a+b", Headers.EMPTY, bytes(0));

        assertThat(call(below, request).text()).startsWith("GET /request?q=%2F&r=a+b\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void a_call_without_a_body_declares_none(String method) {
        assertThat(call(runtime, request(method, "/request", "")).text()).doesNotContain("Content-Length");
    }

    @Test
    void a_call_with_an_empty_body_says_so_if_its_method_usually_has_one() {
        assertThat(call(runtime, request("POST", "/request", "")).text()).contains("Content-Length: 0");
        assertThat(call(runtime, request("GET", "/request", "body")).text()).contains("Content-Length: 4");
    }

    @Test
    void a_head_answer_has_no_body_and_the_connection_goes_on() {
        Response answer = call(runtime, request("HEAD", "/head", "")).answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().remaining()).isZero();
        assertThat(call(runtime, request("POST", "/echo", "next")).text()).isEqualTo("next");
    }

    @Test
    void two_hundred_calls_at_once_are_each_answered_with_their_own() throws IOException {
        try (HttpRig two = new HttpRig(2)) {
            HttpRuntime wide = two.calling(base, HttpLimits.forSlots(200));
            List<OutcomeProbe> probes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                probes.add(call(wide, request("POST", i % 2 == 0 ? "/echo" : "/chunked", "call " + i)));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(probes.get(i).text()).isEqualTo("call " + i);
            }
        }
    }

    @Test
    void more_calls_than_connections_are_refused_at_once() {
        HttpRuntime narrow = rig.calling(base, HttpLimits.forSlots(1));
        List<OutcomeProbe> probes = Stream.generate(OutcomeProbe::new).limit(3).toList();
        rig.ioThread()
                .execute(() ->
                        probes.forEach(probe -> narrow.start(request("POST", "/echo", "x"), HttpRig.PLENTY, probe)));

        assertThat(probes.get(0).text()).isEqualTo("x");
        assertThat(probes.get(1).reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
        assertThat(probes.get(2).reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
    }

    @Test
    void a_call_started_on_an_io_thread_stays_on_it() throws IOException {
        try (HttpRig two = new HttpRig(2)) {
            HttpRuntime local = two.calling(base);
            XnioIoThread thread = two.ioThread();
            OutcomeProbe probe = new OutcomeProbe();

            thread.execute(() -> local.start(request("POST", "/echo", "x"), HttpRig.PLENTY, probe));

            assertThat(probe.teller()).isSameAs(thread);
        }
    }

    @Test
    void a_name_is_resolved_too() {
        HttpRuntime named = rig.calling(URI.create("http://localhost:" + base.getPort() + "/"));

        assertThat(call(named, request("POST", "/echo", "a")).text()).isEqualTo("a");
        assertThat(call(named, request("POST", "/echo", "b")).text()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "", "GET /\r\nX:", "G T"})
    void a_method_that_makes_no_request_is_refused(String method) {
        assertThat(call(runtime, request(method, "/echo", "")).reason()).isEqualTo(Reason.FUNCTION_BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "127.0.0.1:80",
                "http:///path",
                "http://u:p@host",
                "http://h:0",
                "http://h:70000",
                "http://h/?q",
                "http://h#f"
            })
    void a_target_that_cannot_be_called_is_refused(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.calling(URI.create(target)))
                .withMessageNotContaining("u:p");
    }

    @Test
    void a_name_with_an_underscore_is_a_target() {
        assertThat(new HttpTarget(URI.create("http://my_function:8080/base/")).requestTarget("/x", "y"))
                .isEqualTo("/base/x?y");
    }
}
