package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.plan.ExperimentFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class TraceImportTest {
    private static final String AZURE = """
            HashOwner,HashApp,HashFunction,Trigger,1,2,3,4
            o1,a1,aaa1,http,0,0,0,0
            o1,a1,aab2,timer,1,2,3,4
            o2,a2,bbb3,queue,40,0,0,10
            o2,a2,ccc4,queue,5,5,0,0
            """;

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();

    private int lab(Object... args) {
        CommandLine lab = Lab.commandLine(new FakeWorlds());
        String[] texts = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        return lab.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(texts);
    }

    private Path azure(String text) throws IOException {
        return Files.writeString(dir.resolve("azure.csv"), text);
    }

    private String load(int node) throws IOException {
        return Files.readString(dir.resolve("traffic/load" + node + ".csv"));
    }

    @Test
    void the_busiest_functions_become_nodes() throws Exception {
        int exit =
                lab("trace", "import", "--format", "azure", azure(AZURE), "--top", 2, "--out", dir.resolve("traffic"));

        assertThat(exit).as(out.toString()).isZero();
        assertThat(load(0)).isEqualTo("0,1.000000\n1,0.000000\n2,0.000000\n3,0.250000\n");
        // Ten invocations as well as ccc4, which comes later in the file.
        assertThat(load(1)).isEqualTo("0,0.025000\n1,0.050000\n2,0.075000\n3,0.100000\n");
        assertThat(dir.resolve("traffic/load2.csv")).doesNotExist();
        assertThat(out.toString())
                .contains("load0.csv  bbb3  50 invocations, busiest minute 40", "period: 4m and lambda: [0.6667]");
    }

    @Test
    void named_functions_come_in_their_order_each_to_its_own_scale() throws Exception {
        int exit = lab(
                "trace",
                "import",
                "--format",
                "azure",
                azure(AZURE),
                "--function",
                "ccc,aaa,aab2",
                "--scale",
                "each",
                "--out",
                dir.resolve("traffic"));

        assertThat(exit).as(out.toString()).isZero();
        assertThat(load(0)).startsWith("0,1.000000\n1,1.000000\n2,0.000000");
        assertThat(load(1)).startsWith("0,0.000000\n1,0.000000");
        assertThat(load(2)).endsWith("3,1.000000\n");
    }

    @Test
    void an_experiment_replays_what_was_imported() throws Exception {
        lab("trace", "import", "--format", "azure", azure(AZURE), "--top", 3, "--out", dir.resolve("traffic"));
        String line = out.toString()
                .lines()
                .filter(text -> text.startsWith("arrivals:"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                dir.resolve("exp.yaml"),
                "cluster: {launch: 3}\nfunction: {service: {law: exponential, mean: 100ms}}\n"
                        + "grid: {scheduler: NoScheduler, lambda: 10}\n" + line + "\n");

        assertThat(ExperimentFile.read(dir.resolve("exp.yaml")).experiment().arrivals())
                .isInstanceOfSatisfying(
                        ArrivalLaw.ReplayLaw.class,
                        law -> assertThat(law.traces()).hasSize(3));
    }

    @Test
    void traffic_files_are_checked_and_numbered() throws Exception {
        Path first = Files.writeString(dir.resolve("traffic_node_7.csv"), "0,0.5\n10,0.25\n");
        Path second = Files.writeString(dir.resolve("traffic_node_8.csv"), "index,load\n0,1\n");

        assertThat(lab("trace", "import", "--format", "p2pfaas", first, second, "--out", dir.resolve("traffic")))
                .as(out.toString())
                .isZero();
        assertThat(load(0)).isEqualTo("0,0.500000\n1,0.250000\n");
        assertThat(load(1)).isEqualTo("0,1.000000\n");
        assertThat(lab("trace", "import", "--format", "p2pfaas", first, "--out", dir.resolve("traffic")))
                .as("never over files that are there")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p2pfaas | 0,0.5;x,1          | line 2: found 'x,1'; allowed is index,load
            p2pfaas | 0,0.5;0,1          | line 2: the index 0 does not come after
            p2pfaas | 0,7                | line 1: the load is 7, allowed is 0 to 1
            p2pfaas | ''                 | has no points
            azure   | 0,0.5              | line 1: not the header HashOwner
            azure   | HashOwner,HashApp,HashFunction,Trigger,1,3;a,b,c,d,1,2 | line 1: not the header
            azure   | HashOwner,HashApp,HashFunction,Trigger,1,2;a,b,c,d,1   | line 2: 5 fields, the header has 6
            azure   | HashOwner,HashApp,HashFunction,Trigger,1,2;a,b,c,d,1,-2 | line 2, minute 2: found '-2'
            azure   | HashOwner,HashApp,HashFunction,Trigger,1,2             | has no functions
            """)
    void a_bad_file_is_exit_code_2_with_its_line(String format, String text, String reason) throws IOException {
        Path file = Files.writeString(dir.resolve("in.csv"), text.replace(';', '\n'));

        assertThat(lab("trace", "import", "--format", format, file, "--out", dir.resolve("traffic")))
                .as(out.toString())
                .isEqualTo(2);
        assertThat(out.toString()).contains(reason);
        assertThat(dir.resolve("traffic")).doesNotExist();
    }

    @Test
    void a_function_that_is_not_there_or_not_unique_is_named() throws IOException {
        assertThat(lab(
                        "trace",
                        "import",
                        "--format",
                        "azure",
                        azure(AZURE),
                        "--function",
                        "x",
                        "--out",
                        dir.resolve("t")))
                .isEqualTo(2);
        assertThat(lab(
                        "trace",
                        "import",
                        "--format",
                        "azure",
                        azure(AZURE),
                        "--function",
                        "aa",
                        "--out",
                        dir.resolve("t")))
                .isEqualTo(2);
        assertThat(lab("trace", "import", "--format", "azure", dir.resolve("none"), "--out", dir.resolve("t")))
                .isEqualTo(2);
        assertThat(lab("trace")).isEqualTo(2);
        assertThat(out.toString())
                .contains("no function whose HashFunction begins with 'x'", "several functions", "cannot read");
    }
}
