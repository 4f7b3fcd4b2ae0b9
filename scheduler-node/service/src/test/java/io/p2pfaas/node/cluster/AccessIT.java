package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.node.access.Role;
import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.TestCa;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and certificates of the HTTP entrance, on a node that needs no broker for it. */
final class AccessIT {
    private static final int NOBODY = 1;

    @TempDir
    private Path folder = Path.of(".");

    private final Tokens.Issued caller = Tokens.issue(Role.INVOKE, "shop");
    private final Tokens.Issued admin = Tokens.issue(Role.ADMIN, "ops");
    private final FunctionServer function = FunctionServer.start();

    @AfterEach
    void stop() {
        function.close();
    }

    private Flags flags() {
        return Flags.forBroker(NOBODY).with("functions", "echo=builtin:echo", "seen=" + function.url());
    }

    private Path tokens(Tokens.Issued... issued) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Tokens.Issued one : issued) {
            lines.append(one.line()).append('\n');
        }
        Path fresh = Files.writeString(folder.resolve("fresh"), lines);
        return Files.move(fresh, folder.resolve("tokens"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static HttpResponse<String> post(HttpClient client, Node node, String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Await.PATIENCE)
                .POST(BodyPublishers.ofString("{}"));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return Await.of(client.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    private static HttpClient client(SSLContext trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust)
                .build();
    }

    private static String bearer(Tokens.Issued token) {
        return "Bearer " + token.token();
    }

    @Test
    void with_a_token_for_callers_nobody_calls_without_one_and_no_function_sees_it() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        try (Node node = Node.start(
                flags().with("http.tokens-file", tokens(caller, admin).toString())
                        .settings())) {
            HttpResponse<String> refused = post(client, node, "/function/echo");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"p2pfaas\"");
            assertThat(refused.body()).startsWith("{\"code\":1,\"message\":\"Unauthorized: calls need a token");
            assertThat(post(client, node, "/async-function/echo").statusCode()).isEqualTo(401);
            assertThat(post(client, node, "/function/echo", "Authorization", "Bearer " + caller.line())
                            .statusCode())
                    .isEqualTo(401);

            assertThat(post(client, node, "/function/echo", "Authorization", bearer(caller))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(client, node, "/function/echo", "Authorization", bearer(admin))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(post(client, node, "/function/seen", "Authorization", bearer(caller))
                            .body())
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContain(caller.token());
            assertThat(post(
                                    client,
                                    node,
                                    "/function/seen",
                                    "X-P2pfaas-Token",
                                    caller.token(),
                                    "Authorization",
                                    "Bearer theirs")
                            .body())
                    .contains("Bearer theirs")
                    .doesNotContainIgnoringCase("x-p2pfaas-token");
        }
    }

    private static int get(HttpClient client, Node node, String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Await.PATIENCE)
                .GET();
        if (fields.length > 0) {
            request.headers(fields);
        }
        return Await.of(client.sendAsync(request.build(), BodyHandlers.ofString()))
                .statusCode();
    }

    @Test
    void a_callers_token_manages_nothing_and_an_administrators_does() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        try (Node node = Node.start(
                flags().with("http.tokens-file", tokens(caller, admin).toString())
                        .settings())) {
            String deploy = "/configuration";
            assertThat(post(client, node, deploy).statusCode()).isEqualTo(401);
            assertThat(post(client, node, deploy, "Authorization", bearer(caller))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(client, node, deploy, "Authorization", bearer(admin))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(client, node, deploy, "X-P2pfaas-Token", admin.token())
                            .statusCode())
                    .isEqualTo(200);
            for (String path : List.of("/system/functions", "/system/info", "/system/secrets", "/system/namespaces")) {
                assertThat(get(client, node, path)).as(path).isEqualTo(401);
                assertThat(get(client, node, path, "Authorization", "Bearer wrong"))
                        .as(path)
                        .isEqualTo(401);
                assertThat(get(client, node, path, "Authorization", bearer(caller)))
                        .as(path)
                        .isEqualTo(403);
                assertThat(get(client, node, path, "X-P2pfaas-Token", caller.token()))
                        .as(path)
                        .isEqualTo(403);
                assertThat(get(client, node, path, "Authorization", bearer(admin)))
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_callers_token_manages_nothing_where_no_administrator_is_set_up_either() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        try (Node node = Node.start(
                flags().with("http.tokens-file", tokens(caller).toString()).settings())) {
            assertThat(get(client, node, "/system/functions", "Authorization", bearer(caller)))
                    .isEqualTo(403);
            assertThat(get(client, node, "/system/functions")).isEqualTo(200);
        }
    }

    @Test
    void who_guesses_tokens_is_told_to_wait_and_holders_of_tokens_beside_it_are_not() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        try (Node node = Node.start(
                flags().with("http.tokens-file", tokens(caller, admin).toString())
                        .settings())) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(client, node, "/system/info", "Authorization", "Bearer guess-" + i))
                        .isEqualTo(401);
            }
            HttpResponse<String> refused = post(client, node, "/function/echo", "X-P2pfaas-Token", "guess");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 6L);
            assertThat(post(client, node, "/function/echo", "Authorization", bearer(caller))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(client, node, "/system/info", "Authorization", bearer(admin)))
                    .isEqualTo(200);
        }
    }

    @Test
    void without_administrators_only_this_machine_changes_anything() {
        HttpClient client = HttpClient.newHttpClient();
        try (Node node = Node.start(flags().settings())) {
            assertThat(post(client, node, "/configuration").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = post(client, node, "/configuration", "X-Forwarded-For", "10.0.0.9");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("http.tokens-file");
            assertThat(post(client, node, "/function/echo", "X-Forwarded-For", "10.0.0.9")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void tokens_are_changed_while_the_node_runs() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        Tokens.Issued next = Tokens.issue(Role.INVOKE, "shop-2");
        try (Node node = Node.start(
                flags().with("http.tokens-file", tokens(caller).toString()).settings())) {
            assertThat(post(client, node, "/function/echo", "Authorization", bearer(next))
                            .statusCode())
                    .isEqualTo(401);

            Path unused = tokens(caller, next);
            Await.until(
                    "both tokens are valid",
                    () -> post(client, node, "/function/echo", "Authorization", bearer(next))
                                    .statusCode()
                            == 200);
            assertThat(post(client, node, "/function/echo", "Authorization", bearer(caller))
                            .statusCode())
                    .isEqualTo(200);

            Path unused2 = tokens(next);
            Await.until(
                    "the old token is not valid any more",
                    () -> post(client, node, "/function/echo", "Authorization", bearer(caller))
                                    .statusCode()
                            != 200);
        }
    }

    private static SSLContext trusting(TestCa ca) throws TlsFileException, GeneralSecurityException {
        TlsMaterial material =
                TlsMaterial.read(new TlsFiles(Optional.of(ca.file("ca.crt")), Optional.empty(), Optional.empty()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, material.trust().orElseThrow().getTrustManagers(), null);
        return context;
    }

    private static BigInteger serialShownBy(Node node, SSLContext trust) {
        URI url = URI.create(node.url());
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void calls_come_over_https_and_a_renewed_certificate_is_shown_without_a_restart() throws Exception {
        TestCa ca = TestCa.createOrSkip(folder, "ca");
        TestCa stranger = TestCa.createOrSkip(folder, "stranger");
        ca.issueServer();
        SSLContext trust = trusting(ca);
        HttpClient client = client(trust);
        try (Node node = Node.start(
                flags().with("http.tls.cert-file", ca.file("server.crt").toString())
                        .with("http.tls.key-file", ca.file("server.key").toString())
                        .settings())) {
            assertThat(node.url()).startsWith("https://");
            assertThat(post(client, node, "/function/echo").body()).isEqualTo("{}");
            assertThatThrownBy(() -> post(client(trusting(stranger)), node, "/function/echo"))
                    .hasRootCauseInstanceOf(CertPathBuilderException.class)
                    .hasStackTraceContaining(SSLHandshakeException.class.getName());

            BigInteger before = serialShownBy(node, trust);
            ca.issueServer();
            Await.until(
                    "the new certificate is shown",
                    () -> !serialShownBy(node, trust).equals(before));
            assertThat(post(client, node, "/function/echo").statusCode()).isEqualTo(200);
        }
    }

    /** Who speaks plain HTTP, or nothing at all, to a port for HTTPS, is let go and disturbs nobody. */
    @Fault(in = Fault.Area.CALLER, fault = "TLS connections without a handshake", promise = "they end")
    @Test
    void connections_that_never_shake_hands_end() throws Exception {
        TestCa ca = TestCa.createOrSkip(folder, "ca");
        ca.issueServer();
        HttpClient client = client(trusting(ca));
        try (Node node = Node.start(
                flags().with("http.tls.cert-file", ca.file("server.crt").toString())
                        .with("http.tls.key-file", ca.file("server.key").toString())
                        .with("http.idle-timeout", "1s")
                        .settings())) {
            URI url = URI.create(node.url());
            try (Socket silent = new Socket(url.getHost(), url.getPort());
                    Socket plain = new Socket(url.getHost(), url.getPort())) {
                plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
                assertThat(post(client, node, "/function/echo").statusCode()).isEqualTo(200);
                plain.setSoTimeout((int) Await.PATIENCE.toMillis());
                silent.setSoTimeout((int) Await.PATIENCE.toMillis());
                assertThat(new String(plain.getInputStream().readAllBytes(), UTF_8))
                        .doesNotContain("HTTP/1.1");
                assertThat(silent.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }
}
