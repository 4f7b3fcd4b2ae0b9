package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What function and caller say to each other is not the node's business, run here or at a peer. */
final class PassThroughIT {
    private static final byte[] BODY = "what the function says\n".getBytes(ISO_8859_1);

    private static MosquittoProcess broker;
    private static FunctionServer function;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        function = FunctionServer.start();
        cluster = Cluster.of(
                2,
                Flags.forBroker(broker.port())
                        .with("functions", "fn=" + function.url(), "resize=builtin:resize", "echo=builtin:echo"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (function != null) {
            function.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static Reply call(String where, String method, String path, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of("X-P2pfaas-Scheduler-" + where, "1"));
        all.addAll(List.of(headers));
        Reply reply =
                Await.of(cluster.caller().send(method, cluster.function(1, path), body, all.toArray(String[]::new)));
        assertThat(reply.path()).hasSize(where.equals("Forward") ? 2 : 0);
        return reply;
    }

    @ParameterizedTest
    @CsvSource({
        "Bypass, 200", "Bypass, 201", "Bypass, 204", "Bypass, 302", "Bypass, 404", "Bypass, 500", "Bypass, 599",
        "Forward, 200", "Forward, 201", "Forward, 204", "Forward, 302", "Forward, 404", "Forward, 500", "Forward, 599"
    })
    void the_functions_answer_is_the_callers(String where, int status) {
        Reply reply = call(where, "POST", "fn/status/" + status, BODY);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(status == 204 ? new byte[0] : BODY);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-odd; v=\"1\"");
        assertThat(reply.header("Location")).isEqualTo("/elsewhere?a=b%20c");
        assertThat(reply.header("ETag")).isEqualTo("\"e-tag\"");
        assertThat(reply.headers().allValues("X-Empty")).containsExactly("");
        assertThat(reply.header("X-Umlaut")).isEqualTo("gr\u00fcn");
        assertThat(reply.headers().allValues("Set-Cookie")).containsExactly("a=1; Path=/", "b=2; HttpOnly");
        assertThat(reply.headers().map())
                .doesNotContainKeys("proxy-authenticate", "x-this-connection", "connection", "keep-alive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void an_answer_to_head_names_the_length_that_the_function_named(String where) {
        Reply reply = call(where, "HEAD", "fn/status/200", BODY);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(BODY.length));
    }

    @ParameterizedTest
    @CsvSource({
        "Bypass, GET", "Bypass, PUT", "Bypass, PATCH", "Bypass, DELETE", "Bypass, OPTIONS", "Bypass, REPORT",
        "Forward, GET", "Forward, PUT", "Forward, PATCH", "Forward, DELETE", "Forward, OPTIONS", "Forward, REPORT"
    })
    void the_callers_request_is_the_functions(String where, String method) {
        byte[] body = method.equals("GET") ? new byte[0] : BODY;
        Reply reply = call(
                where,
                method,
                "fn/some/path%2Fraw/?q=a%20b&q=%C3%BC&empty=",
                body,
                "Content-Type",
                "text/x-question",
                "X-Twice",
                "1",
                "X-Twice",
                "2",
                "Authorization",
                "Bearer secret");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .startsWith(method + " /some/path%2Fraw/?q=a%20b&q=%C3%BC&empty=\n")
                .contains("X-Twice: 1\nX-Twice: 2\n", "Authorization: Bearer secret\n")
                .containsIgnoringCase("Content-Type: text/x-question\n")
                .endsWith("\n\n" + new String(body, ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void caller_and_function_are_told_the_same_id_and_start_of_a_call(String where) {
        Reply given = call(where, "POST", "fn", BODY, "X-Call-Id", "mine/1");
        assertThat(given.header("X-Call-Id")).isEqualTo("mine/1");
        assertThat(given.text())
                .contains("X-Call-Id: mine/1\n", "X-Start-Time: " + given.header("X-Start-Time") + "\n");

        Reply made = call(where, "POST", "fn.openfaas-fn", BODY);
        assertThat(made.header("X-Call-Id")).hasSize(36);
        assertThat(made.text()).contains("X-Call-Id: " + made.header("X-Call-Id") + "\n");
        assertThat(made.headers().allValues("X-Duration-Seconds")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void a_question_about_the_head_is_answered_with_the_head(String where) {
        Reply reply = call(where, "HEAD", "fn/status/200", new byte[0]);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("ETag")).isEqualTo("\"e-tag\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void what_concerns_one_connection_only_stays_on_it(String where) throws IOException {
        try (RawHttp http = new RawHttp(cluster.node(1).url())) {
            String seen = http.send("POST /function/fn/mirror HTTP/1.1\r\nHost: caller.example\r\n"
                            + "X-P2pfaas-Scheduler-" + where + ": 1\r\nContent-Length: 0\r\n"
                            + "Connection: close\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
                            + "Upgrade: websocket\r\nProxy-Authorization: Basic x\r\nProxy: evil\r\nX-End: 2\r\n\r\n")
                    .readToEnd();

            assertThat(seen).startsWith("HTTP/1.1 200 OK\r\n").contains("\nX-End: 2");
            assertThat(seen.substring(seen.indexOf("\r\n\r\n")))
                    .doesNotContainIgnoringCase("x-hop")
                    .doesNotContainIgnoringCase("keep-alive: 5")
                    .doesNotContainIgnoringCase("te: trailers")
                    .doesNotContainIgnoringCase("upgrade:")
                    .doesNotContainIgnoringCase("proxy")
                    .doesNotContain("caller.example");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * 1024, 64 * 1024 + 1, 5_000_000, 16 * 1024 * 1024})
    void a_body_of_any_size_is_the_same_on_the_way_there_and_back(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);

        for (String where : List.of("Bypass", "Forward")) {
            for (String path : List.of("echo", "fn/status/200")) {
                Reply reply = call(where, "POST", path, body);
                assertThat(reply.status()).as("%s", reply).isEqualTo(200);
                assertThat(Arrays.equals(reply.body(), body))
                        .as("the same body")
                        .isTrue();
            }
        }
    }

    @Test
    void a_peer_that_is_slow_to_get_a_large_body_is_given_the_time_and_the_call_runs_once() {
        byte[] body = new byte[16 * 1024 * 1024];
        Flags impatient = Flags.forBroker(broker.port())
                .with("broker.root", "impatient")
                .with("call.accept-timeout", "200ms")
                .with("functions", "echo=builtin:echo");
        try (Cluster slow = Cluster.startOnly(0, impatient)) {
            slow.add(impatient.with("id", "i1"));
            slow.add(impatient.with("id", "i2"));
            slow.awaitComplete();
            Reply reply =
                    Await.of(slow.caller().post(slow.function(1, "echo"), body, "X-P2pfaas-Scheduler-Forward", "1"));

            assertThat(reply.path()).containsExactly("i1", "i2");
            slow.assertAllEnded(1, 1);
            assertThat(slow.executions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resize", "resize?width=777"})
    void a_photograph_is_made_smaller_by_a_peer_to_the_byte_as_here(String resize) throws IOException {
        byte[] photograph = photograph();
        assertThat(photograph).hasSizeGreaterThan(1_500_000);

        Reply here = call("Bypass", "POST", resize, photograph, "Content-Type", "image/jpeg");
        Reply there = call("Forward", "POST", resize, photograph, "Content-Type", "image/jpeg");

        assertThat(here.status()).isEqualTo(200);
        assertThat(here.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(here.body())).getWidth())
                .isEqualTo(resize.endsWith("777") ? 777 : 320);
        assertThat(there.body()).isEqualTo(here.body());
        assertThat(there.header("Content-Type")).isEqualTo("image/jpeg");
    }

    /** Noise, since that does not compress: the same in every run. */
    private static byte[] photograph() throws IOException {
        BufferedImage picture = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        Random noise = new Random(1);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, noise.nextInt(0x1000000));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0.97f);
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
