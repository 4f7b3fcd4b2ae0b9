package io.p2pfaas.node.runtime;

import static io.p2pfaas.node.runtime.HttpRig.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BuiltinRuntimesTest {
    private final BuiltinRuntimes builtins = new BuiltinRuntimes(2);

    @AfterEach
    void stop() {
        builtins.close();
    }

    private Response answer(String spec, String query, byte[] body) {
        Request request = new Request(
                "POST",
                "",
                query,
                Headers.of("content-type", "text/x"),
                ByteBuffer.wrap(body).asReadOnlyBuffer());
        return call(builtins.create(spec), request).answer();
    }

    private static String text(Response response) {
        return OutcomeProbe.text(response.body());
    }

    @Test
    void echo_answers_with_body_and_content_type() {
        Response answer = answer("builtin:echo", "", "hello".getBytes(UTF_8));

        assertThat(text(answer)).isEqualTo("hello");
        assertThat(answer.headers()).hasToString("[Content-Type, text/x]");
    }

    @Test
    void hash_answers_with_sha_256() {
        assertThat(text(answer("builtin:hash", "", "abc".getBytes(UTF_8))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void sleep_and_cpu_tell_how_long_they_took() {
        assertThat(text(answer("builtin:sleep?mean=1.5ms", "", new byte[0]))).isEqualTo("{\"sleptMs\":1.500}");
        assertThat(text(answer("builtin:cpu?mean=2ms", "", new byte[0]))).isEqualTo("{\"computedMs\":2.000}");
    }

    @Test
    void the_same_seed_gives_the_same_times() {
        ServiceTime first = ServiceTime.of(BuiltinSpec.parse("builtin:sleep?mean=10ms&dist=exp&seed=5"), "1s");
        ServiceTime second = ServiceTime.of(BuiltinSpec.parse("builtin:sleep?mean=10ms&dist=exp&seed=5"), "1s");
        long[] times = LongStream.generate(first::nextNanos).limit(20_000).toArray();

        assertThat(LongStream.generate(second::nextNanos).limit(20_000).toArray())
                .isEqualTo(times);
        assertThat(LongStream.of(times).average().orElseThrow()).isBetween(9.7e6, 10.3e6);
        assertThat(LongStream.of(times).min().orElseThrow()).isNotNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "code=201,201,body",
        "code=404,404,body",
        "'',200,body",
        "code=204,204,''",
        "code=999,400,",
        "code=x,400,"
    })
    void status_answers_as_the_query_says(String query, int status, String body) {
        Response answer = answer("builtin:status", query, "body".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(status);
        if (body != null) {
            assertThat(text(answer)).isEqualTo(body);
        }
    }

    @Test
    void status_has_a_location_for_redirects() {
        assertThat(answer("builtin:status", "code=302&location=%2Fa", new byte[0])
                        .headers()
                        .first("location"))
                .isEqualTo("/a");
        assertThat(answer("builtin:status", "code=200&location=%2Fa", new byte[0])
                        .headers()
                        .first("location"))
                .isNull();
    }

    private static byte[] picture(int width, int height, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        for (int x = 0; x < width; x++) {
            graphics.setColor(new Color(x * 255 / width, (x * 37) % 256, 90));
            graphics.fillRect(x, 0, 1, height - x % height);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"'',320,160", "width=200,200,100", "width=1,1,1", "width=8000,1000,500"})
    void resize_keeps_the_proportions_and_never_enlarges(String query, int width, int height) throws IOException {
        byte[] png = picture(1000, 500, BufferedImage.TYPE_INT_ARGB, "png");
        Response answer = answer("builtin:resize", query, png);

        assertThat(answer.headers().first("content-type")).isEqualTo("image/jpeg");
        byte[] jpeg = new byte[answer.body().remaining()];
        answer.body().duplicate().get(jpeg);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "gif", "bmp"})
    void resize_gives_the_same_bytes_each_time(String format) throws IOException {
        byte[] original = picture(640, 480, BufferedImage.TYPE_INT_RGB, format);

        Response first = answer("builtin:resize?width=100&quality=0.5", "", original);
        Response second = answer("builtin:resize?width=100&quality=0.5", "", original);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.body().equals(first.body())).isTrue();
    }

    @Test
    void resize_refuses_what_is_no_picture() throws IOException {
        byte[] png = picture(100, 100, BufferedImage.TYPE_INT_RGB, "png");

        assertThat(answer("builtin:resize", "", "text".getBytes(UTF_8)).status())
                .isEqualTo(415);
        assertThat(answer("builtin:resize", "", new byte[0]).status()).isEqualTo(415);
        assertThat(answer("builtin:resize", "", Arrays.copyOf(png, 60)).status())
                .isEqualTo(415);
        assertThat(answer("builtin:resize", "width=0", png).status()).isEqualTo(400);
    }

    @Test
    void resize_refuses_a_picture_that_claims_too_many_pixels() throws IOException {
        byte[] png = picture(10, 10, BufferedImage.TYPE_INT_RGB, "png");
        // The header's width and height, and its checksum, which readers look at.
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 50_000).putInt(20, 50_000);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        header.putInt(29, (int) checksum.getValue());

        assertThat(answer("builtin:resize", "", png).status()).isEqualTo(413);
    }

    @Test
    void resize_decodes_of_a_large_picture_as_many_pixels_as_it_needs() throws IOException {
        byte[] large = picture(4000, 3000, BufferedImage.TYPE_BYTE_BINARY, "png");
        Response answer = answer("builtin:resize", "", large);

        byte[] jpeg = new byte[answer.body().remaining()];
        answer.body().duplicate().get(jpeg);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(240);
        assertThat(answer("builtin:resize", "width=3000", large).status()).isEqualTo(413);
    }

    @Test
    void resize_refuses_a_picture_with_an_endless_side() throws IOException {
        byte[] high = picture(1, 30_000, BufferedImage.TYPE_BYTE_BINARY, "png");

        assertThat(answer("builtin:resize", "", high).status()).isEqualTo(413);
    }

    @Test
    void waiting_for_a_processor_counts_against_the_budget() {
        FunctionRuntime cpu = builtins.create("builtin:cpu?mean=1h");
        Request request = FunctionRuntimeContract.post("", "", "");
        for (int i = 0; i < 2; i++) {
            cpu.start(request, HttpRig.PLENTY, new OutcomeProbe());
        }
        OutcomeProbe third = new OutcomeProbe();

        cpu.start(request, TimeUnit.MILLISECONDS.toNanos(50), third);

        assertThat(third.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
    }

    @Test
    void an_abort_frees_the_processor() {
        FunctionRuntime cpu = builtins.create("builtin:cpu?mean=1h");
        for (int i = 0; i < 2; i++) {
            cpu.start(FunctionRuntimeContract.post("", "", ""), HttpRig.PLENTY, new OutcomeProbe())
                    .abort();
        }

        assertThat(answer("builtin:hash", "", new byte[0]).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "builtin:ecko | echo, sleep, cpu, hash, resize, status",
                "builtin: | echo, sleep",
                "http://x | builtin:NAME",
                "builtin:echo?a=b | allowed are none",
                "builtin:sleep?men=1s | allowed are mean, dist, seed",
                "builtin:sleep?mean=1 | 100ms",
                "builtin:sleep?dist=normal | det, exp",
                "builtin:sleep?seed=x | whole number",
                "builtin:sleep?mean | is not key=value",
                "builtin:sleep?seed=1&seed=2 | seed is given twice",
                "builtin:resize?width=0 | from 1 to",
                "builtin:resize?quality=2 | above 0, up to 1"
            })
    void a_wrong_specification_is_refused_with_what_is_allowed(String spec, String allowed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builtins.create(spec))
                .withMessageContaining(spec)
                .withMessageContaining(allowed);
    }
}
