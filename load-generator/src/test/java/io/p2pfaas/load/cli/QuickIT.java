package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, from arguments to exit code. */
final class QuickIT {
    private final StringWriter out = new StringWriter();
    private HttpServer server;
    private String url;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/function/echo";
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private int lab(String... args) {
        CommandLine lab = Lab.commandLine();
        return lab.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(args);
    }

    @Test
    void a_run_prints_its_table_and_writes_its_csv(@TempDir Path dir) throws IOException {
        Path csv = dir.resolve("calls.csv");
        int exit = lab(
                "quick",
                "--url",
                url,
                "--rate",
                "100",
                "--duration",
                "200ms",
                "--warmup",
                "100ms",
                "--arrivals",
                "deterministic",
                "--body",
                "hi",
                "--header",
                "X-A: b",
                "--csv",
                csv.toString());
        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("due = sum of states +20 = 20 ok")
                .containsPattern("status 200 +20");
        assertThat(Files.readAllLines(csv)).hasSize(1 + 30);
    }

    @Test
    void a_target_that_cannot_be_reached_is_exit_code_1() {
        server.stop(0);
        assertThat(lab("quick", "--url", url, "--rate", "100", "--duration", "100ms", "--warmup", "0s"))
                .as(out.toString())
                .isEqualTo(1);
        assertThat(out.toString()).contains("refused");
    }
}
