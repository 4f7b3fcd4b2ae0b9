package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.record.RunResult.World;
import io.p2pfaas.load.report.SampleFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report}, {@code compare} and {@code export} from the command line. */
final class ResultCommandsTest {
    private static final SampleFolder SMALL = SampleFolder.of(World.SIMULATED)
            .withSchedulers("NoScheduler", "BrokerMatch")
            .withLoads("0.8", "0.9")
            .withRepetitions(3);

    @TempDir
    private Path folder;

    private String good = "";
    private String worse = "";
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void results() throws IOException {
        good = SMALL.write(folder.resolve("good")).toString();
        worse = SMALL.worseBy(1.5).write(folder.resolve("worse")).toString();
    }

    private int lab(String... args) {
        return Lab.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(args);
    }

    @Test
    void a_regression_is_exit_code_1() {
        assertThat(lab("compare", good, good)).isZero();
        assertThat(lab("compare", good, worse)).isEqualTo(1);
        assertThat(out.toString()).contains("worse");
        assertThat(lab("compare", worse, good)).isZero();
        assertThat(lab("compare", good, worse, "--tolerance", "0.9")).isZero();
    }

    @Test
    void two_schedulers_of_one_folder_are_compared() {
        assertThat(lab("compare", good, "--a", "scheduler=NoScheduler", "--b", "scheduler=BrokerMatch"))
                .isZero();
        assertThat(out.toString()).contains("better");
        assertThat(lab("compare", good, "--b", "scheduler=NoScheduler", "--a", "scheduler=BrokerMatch"))
                .isEqualTo(1);
    }

    @Test
    void bad_usage_is_exit_code_2_with_a_reason() {
        assertThat(lab("compare", good)).isEqualTo(2);
        assertThat(errors.toString()).contains("--a and --b");
        assertThat(lab("compare", good, good, "--metric", "speed")).isEqualTo(2);
        assertThat(errors.toString()).contains("'speed'");
        assertThat(lab("compare", good, good, "--a", "scheduler=Nobody")).isEqualTo(2);
        assertThat(lab("report")).isEqualTo(2);
        assertThat(lab("report", good, "--x", "scheduler")).isEqualTo(2);
        assertThat(lab("export", good)).isEqualTo(2);
        assertThat(errors.toString()).contains("--csv");
    }

    @Test
    void a_folder_without_results_is_exit_code_1_with_its_name() {
        String nowhere = folder.resolve("nowhere").toString();

        assertThat(lab("report", nowhere)).isEqualTo(1);
        assertThat(lab("compare", nowhere, good)).isEqualTo(1);
        assertThat(lab("export", nowhere, "--csv", folder.resolve("x.csv").toString()))
                .isEqualTo(1);
        assertThat(errors.toString().lines().filter(line -> line.contains(nowhere)))
                .hasSize(3);
    }

    @Test
    void the_page_goes_beside_the_results_or_where_it_is_told() {
        assertThat(lab("report", good)).isZero();
        assertThat(Path.of(good, "report.html")).isNotEmptyFile();
        Path elsewhere = folder.resolve("page.html");
        assertThat(lab(
                        "report",
                        good,
                        worse,
                        "--out",
                        elsewhere.toString(),
                        "--figures",
                        folder.resolve("f").toString()))
                .isZero();
        assertThat(elsewhere).content().contains("simulated good", "simulated worse");
        assertThat(folder.resolve("f/loss.svg")).isNotEmptyFile();
    }

    @Test
    void the_table_goes_to_the_terminal() {
        assertThat(lab("report", good, "--text")).isZero();
        assertThat(out.toString()).contains("BrokerMatch", "\u00b1", "####");
        assertThat(Path.of(good, "report.html")).doesNotExist();
    }

    @Test
    void exports_are_written_and_counted() throws IOException {
        Path csv = folder.resolve("runs.csv");
        Path hlog = folder.resolve("latency.hlog");
        assertThat(lab(
                        "export",
                        good,
                        "--csv",
                        csv.toString(),
                        "--hlog",
                        hlog.toString(),
                        "--only",
                        "scheduler=BrokerMatch"))
                .isZero();
        assertThat(out.toString()).contains(csv + ": 12 repetitions", hlog + ": 12 repetitions");
        assertThat(Files.readAllLines(csv)).hasSize(13);
        assertThat(lab("export", good, "--csv", csv.toString(), "--only", "scheduler=Nobody"))
                .isEqualTo(1);
    }

    @Test
    void a_database_without_any_call_is_a_failure_that_is_explained() {
        assertThat(lab("export", good, "--sqlite", folder.resolve("jobs.db").toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("no column to tell them apart", "the calls were not kept");
    }
}
