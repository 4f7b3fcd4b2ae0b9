package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.plugin.PluginJars;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Schedulers of a folder of jars in the commands of the lab. */
final class PluginsOfTheLabTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int lab(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--plugins=" + dir.resolve("plugins"));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private int simulate(String scheduler) {
        return lab(
                new Simulate(),
                "--nodes=4",
                "--slots=2",
                "--rho=0.9",
                "--calls=2000",
                "--reps=2",
                "--threads=1",
                "--format=csv",
                "--scheduler=" + scheduler);
    }

    private double losses() {
        String row = out.toString().lines().skip(1).findFirst().orElseThrow();
        return Double.parseDouble(row.replaceAll("\"[^\"]*\"", "x").split(",", -1)[9]);
    }

    @Test
    void the_example_plugin_is_simulated_and_loses_less_than_no_sharing() throws IOException {
        PluginJars.example(dir.resolve("plugins"));

        assertThat(simulate("StickyPeer(2)")).as(err.toString()).isZero();
        double sticky = losses();
        out.getBuffer().setLength(0);
        assertThat(simulate("NoScheduler")).isZero();

        assertThat(sticky).isPositive().isLessThan(losses());
        assertThat(err.toString()).doesNotContain("warning");
    }

    @Test
    void a_plugin_that_throws_decides_as_if_it_were_not_there_and_its_faults_are_told_with_their_number()
            throws IOException {
        PluginJars.policy(
                dir.resolve("plugins"), "throws.jar", "Throws", "throw new StackOverflowError(\"on purpose\");");

        assertThat(simulate("Throws")).as(err.toString()).isZero();
        double faulty = losses();
        out.getBuffer().setLength(0);
        assertThat(simulate("NoScheduler")).isZero();

        assertThat(faulty).isEqualTo(losses());
        assertThat(err.toString())
                .containsPattern("scheduler Throws: threw, [0-9]{3,} times")
                .contains("on purpose");
    }

    @Test
    void an_experiment_may_name_it_and_without_the_jar_it_may_not() throws IOException {
        Path experiment = Files.writeString(dir.resolve("e.yaml"), """
                cluster: {launch: 4, slots: 2}
                function: {service: {law: deterministic, mean: 100ms}}
                run: {duration: 10s}
                grid: {scheduler: ['StickyPeer(3)'], rho: [0.9]}
                """);

        assertThat(lab(new Check(), experiment.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("StickyPeer");
        PluginJars.example(dir.resolve("plugins"));
        err.getBuffer().setLength(0);

        assertThat(lab(new Check(), experiment.toString())).as(err.toString()).isZero();
    }

    @Test
    void a_jar_that_cannot_be_used_is_named() throws IOException {
        Files.createDirectories(dir.resolve("plugins"));
        Files.writeString(dir.resolve("plugins/broken.jar"), "no archive");

        assertThat(simulate("NoScheduler")).isZero();

        assertThat(err.toString()).contains("warning: plug-in").contains("broken.jar");
    }
}
