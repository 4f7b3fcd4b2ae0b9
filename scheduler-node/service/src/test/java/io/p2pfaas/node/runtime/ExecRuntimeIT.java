package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import io.p2pfaas.node.testing.Fault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs for real: the contract of runtimes, and what is special about programs. */
final class ExecRuntimeIT extends FunctionRuntimeContract {
    private static final int MAX_ANSWER = 1 << 20;
    private static final long PLENTY = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path folder = Path.of(".");

    private final ExecRuntimes programs = new ExecRuntimes(MAX_ANSWER);
    private final FunctionRuntime runtime =
            shell("if [ \"$Http_Path\" = /slow ]; then sleep 60 & sleep 60; else cat; fi");

    private FunctionRuntime shell(String script) {
        return programs.create("exec:/bin/sh?arg=-c&arg=" + URLEncoder.encode(script, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        runtime.close();
        programs.close();
    }

    @Override
    protected FunctionRuntime runtime() {
        return runtime;
    }

    @Override
    protected Request quick() {
        return post("", "", "hello");
    }

    @Override
    protected @Nullable Request endless() {
        return post("/slow", "", "hello");
    }

    private static Response answer(FunctionRuntime runtime, Request request) {
        OutcomeProbe probe = new OutcomeProbe();
        runtime.start(request, PLENTY, probe);
        return ((Outcome.Answered) probe.outcome()).response();
    }

    private static String text(Response response) {
        return StandardCharsets.UTF_8.decode(response.body().duplicate()).toString();
    }

    @Test
    void a_program_sees_method_path_query_and_headers() {
        Request request = new Request(
                "PUT",
                "/a",
                "b=c",
                Headers.of("content-type", "text/x-test", "x-call-id", "7"),
                ByteBuffer.wrap(new byte[3]).asReadOnlyBuffer());

        Response response = answer(
                shell("echo $Http_Method $Http_Path $Http_Query $Http_Content_Type $Http_X_Call_Id $CONTENT_LENGTH"),
                request);

        assertThat(text(response)).isEqualTo("PUT /a b=c text/x-test 7 3\n");
        assertThat(response.headers().first("content-type")).isEqualTo("text/x-test");
    }

    @Test
    void a_program_does_not_see_the_nodes_environment() {
        assertThat(text(answer(shell("env"), post("", "", ""))).lines().filter(line -> line.startsWith("P2PFAAS_")))
                .isEmpty();
    }

    @Test
    void another_exit_code_is_a_failure_that_says_why() {
        Response response = answer(shell("echo first >&2; echo no such sensor >&2; exit 3"), post("", "", ""));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers().first("x-exit-code")).isEqualTo("3");
        assertThat(text(response)).isEqualTo("exit code 3: no such sensor\n");
    }

    @Test
    void a_large_body_passes_both_ways() {
        String body = "x".repeat(MAX_ANSWER);

        assertThat(text(answer(shell("cat"), post("", "", body)))).isEqualTo(body);
    }

    @Test
    void a_program_need_not_read_its_input() {
        assertThat(text(answer(shell("echo done"), post("", "", "x".repeat(4 << 20)))))
                .isEqualTo("done\n");
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a program writes without end", promise = "the answer is cut off")
    @Test
    void output_without_end_is_cut_off() {
        OutcomeProbe probe = new OutcomeProbe();

        shell("yes").start(post("", "", ""), PLENTY, probe);

        assertThat(probe.reason()).isEqualTo(Reason.ANSWER_TOO_LARGE);
    }

    @Test
    void errors_without_end_do_not_harm() {
        OutcomeProbe probe = new OutcomeProbe();

        shell("yes >&2").start(post("", "", ""), TimeUnit.MILLISECONDS.toNanos(300), probe);

        assertThat(probe.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
    }

    /** The children write down that they live; when nothing is written any more they are gone. */
    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "a program leaves processes behind when its time is up",
            promise = "they are ended with it")
    @Test
    void all_that_a_program_started_ends_with_its_call() throws IOException, InterruptedException {
        Path beats = folder.resolve("beats");
        String beat = "while :; do echo x >> " + beats + "; sleep 0.01; done";
        OutcomeProbe probe = new OutcomeProbe();

        shell("(" + beat + ") & (" + beat + ") & wait")
                .start(post("", "", ""), TimeUnit.MILLISECONDS.toNanos(300), probe);

        assertThat(probe.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(comesToRest(beats)).isTrue();
    }

    @Test
    void what_a_program_leaves_behind_neither_holds_the_answer_up_nor_goes_on()
            throws IOException, InterruptedException {
        Path beats = folder.resolve("beats");
        String beat = "while :; do echo x >> " + beats + "; sleep 0.01; done";

        assertThat(text(answer(shell("(" + beat + ") & echo done"), post("", "", ""))))
                .isEqualTo("done\n");

        assertThat(comesToRest(beats)).isTrue();
    }

    private static boolean comesToRest(Path file) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            long before = Files.exists(file) ? Files.size(file) : 0;
            TimeUnit.MILLISECONDS.sleep(100);
            if ((Files.exists(file) ? Files.size(file) : 0) == before) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_program_that_is_gone_is_unreachable() throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        FunctionRuntime gone = programs.create("exec:" + program);
        Files.delete(program);
        OutcomeProbe probe = new OutcomeProbe();

        gone.start(post("", "", ""), PLENTY, probe);

        assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
    }

    @Test
    void errors_are_the_log_which_can_be_followed() throws InterruptedException {
        FunctionRuntime talking = shell("echo one >&2; echo two >&2");
        answer(talking, post("", "", ""));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        LogSink sink = new LogSink() {
            @Override
            public boolean line(LogLine line) {
                heard.add(line.text());
                return true;
            }

            @Override
            public void ended() {
                heard.add("(end)");
            }
        };
        LogSource source = (LogSource) talking;
        FunctionName name = new FunctionName("talking");

        source.logs(new LogQuery(name, Optional.empty(), OptionalInt.of(1), Optional.empty(), false), sink);
        assertThat(List.of(next(heard), next(heard))).containsExactly("two", "(end)");
        source.logs(new LogQuery(name, Optional.empty(), OptionalInt.empty(), Optional.empty(), true), sink);
        assertThat(List.of(next(heard), next(heard))).containsExactly("one", "two");
        answer(talking, post("", "", ""));
        assertThat(List.of(next(heard), next(heard))).containsExactly("one", "two");
        talking.close();
        assertThat(next(heard)).isEqualTo("(end)");
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String line = heard.poll(20, TimeUnit.SECONDS);
        return line == null ? "(nothing)" : line;
    }
}
