package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulateTest {
    private static final String HEADER = "scheduler,nodes,slots,queue,service,rho,delay,calls,reps,pB,pB_halfwidth,pE,"
            + "mean_delay,p50,p99,messages_per_call,packets_per_call";
    private static final Path GOLDEN = Path.of("src/test/resources/golden/simulate.csv");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int simulate(String... args) {
        List<String> all = new ArrayList<>(List.of("simulate"));
        all.addAll(List.of(args));
        return Lab.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void one_line_per_point_under_the_header_that_people_script_against() {
        assertThat(simulate(
                        "--scheduler=NoScheduler,PowerOfNScheduler(1,3,true,1)",
                        "--rho=0.5,0.9",
                        "--calls=2000",
                        "--reps=2",
                        "--format=csv"))
                .as(errors.toString())
                .isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo(HEADER);
        assertThat(lines.get(1)).startsWith("NoScheduler,8,4,0,exp,0.5,0.02,2000,2,0.0");
        assertThat(lines.get(4)).startsWith("\"PowerOfNScheduler(1,3,true,1)\",8,4,0,exp,0.9,0.02,2000,2,0.1");
    }

    /**
     * Every number of small runs of all schedulers. A change of behaviour is a diff of the file: run with
     * {@code -Dgolden.write=true} and look at it.
     */
    @Test
    void the_numbers_are_those_of_the_golden_file() throws IOException {
        assertThat(simulate(
                        "--scheduler=BrokerMatch,BrokerMatch(eager),LeastLoadedSpill,PowerOfNScheduler(1,3,true,1)",
                        "--scheduler=PowerOfNScheduler(2,2,false,2),ForwardScheduler(1),NoScheduler(true),NoScheduler",
                        "--queue=0,4",
                        "--rates=1.4x4,0.4x4",
                        "--calls=10000",
                        "--reps=3",
                        "--format=csv"))
                .as(errors.toString())
                .isZero();

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, out.toString());
        }
        assertThat(out.toString()).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
    }

    @Test
    void the_number_of_threads_changes_nothing() {
        String[] flags = {"--nodes=3,5", "--calls=3000", "--reps=3", "--format=csv", "--threads=1"};
        simulate(flags);
        String alone = out.toString();
        out.getBuffer().setLength(0);
        flags[4] = "--threads=4";
        simulate(flags);

        assertThat(out.toString()).isEqualTo(alone).contains("BrokerMatch,5");
    }

    @Test
    void calls_that_faults_end_are_said_beside_the_table() {
        assertThat(simulate("--calls=3000", "--reps=1", "--once", "--fault=1s,kill,n1", "--fault=2s,start,n1"))
                .isZero();

        assertThat(errors.toString()).contains("connection error: ");
    }

    @Test
    void a_table_has_columns() {
        assertThat(simulate("--calls=1000", "--reps=1")).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).hasSameSizeAs(lines.get(0)).startsWith("BrokerMatch ");
    }

    @Test
    void measured_service_times_are_drawn_from_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("times"), "0.1\n0.1\n\n0.1\n");

        assertThat(simulate("--service=file:" + file, "--rho=0.1", "--calls=1000", "--reps=1", "--format=csv"))
                .as(errors.toString())
                .isZero();
        // Hardly anybody leaves home, and the histogram has three digits.
        String meanDelay = out.toString().lines().toList().get(1).split(",", -1)[12];
        assertThat(Double.parseDouble(meanDelay)).isCloseTo(1, Offset.offset(0.01));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scheduler=Nonsense",
                "--scheduler=PowerOfNScheduler(0)",
                "--nodes=0",
                "--nodes=x",
                "--slots=0",
                "--queue=-1",
                "--rho=0",
                "--rho=much",
                "--rates=1x",
                "--rates=1x9",
                "--speeds=0",
                "--service=pareto:1",
                "--service=gamma",
                "--service=exp:2",
                "--service=file:/does/not/exist",
                "--delay=-1",
                "--delay=1parsec",
                "--sample-loss=2",
                "--calls=0",
                "--reps=0",
                "--threads=0",
                "--format=xml",
                "--deal=poker",
                "--fault=kill",
                "--fault=1s,burn,n1",
                "--fault=1,kill,n1",
                "--fault=1s,kill,n9",
                "--fault=1s,kill,router"
            })
    void bad_usage_is_exit_code_2_with_a_reason(String bad) {
        assertThat(simulate(bad, bad.startsWith("--calls") ? "--seed=1" : "--calls=10", "--seed=2"))
                .as(errors.toString())
                .isEqualTo(2);
        assertThat(errors.toString()).isNotBlank();
    }

    @Test
    void lists_are_split_outside_of_parentheses() {
        assertThat(ListText.split(List.of("A(1,2), B", "C"))).containsExactly("A(1,2)", "B", "C");
        assertThat(ListText.factors("--rates", "1.4x2,0.5")).containsExactly(1.4, 1.4, 0.5);
    }

    @Test
    void a_long_simulation_says_how_long_it_will_take() {
        assertThat(SimulationPool.progressLine(3, 12, 6_000_000_000L))
                .isEqualTo("simulated 3 of 12 runs in 6 s, time left: 18 s");
        assertThat(SimulationPool.progressLine(0, 12, 6_000_000_000L)).endsWith("time left: unknown");
    }
}
