package io.p2pfaas.load.live.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.live.cluster.LaunchFailed;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.live.ledger.Close;
import io.p2pfaas.load.live.ledger.Fault;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a minute of chaos: too short to find what is rare, long enough to find what is broken. */
final class ChaosIT {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void needMosquitto() {
        if (!MosquittoProcess.isInstalled()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("mosquitto is not on the PATH, and CI=true forbids to skip");
            }
            Assumptions.abort("mosquitto is not on the PATH");
        }
    }

    @Test
    void half_a_minute_of_faults_leaves_clean_books() throws IOException, LaunchFailed, InterruptedException {
        EnumSet<Fault> faults = EnumSet.of(Fault.KILL, Fault.RESTART, Fault.BROKER_KILL, Fault.GARBAGE, Fault.FUNCTION);
        ChaosPlan plan = new ChaosPlan(
                3,
                4,
                4,
                0.3,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(32),
                7,
                faults,
                true);
        ChaosRun run = new ChaosRun(
                plan,
                () -> NodeLaunch.ofClasses(System.getProperty("java.class.path")),
                folder,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        ChaosResult result = run.run();
        assertThat(result.problems()).isEmpty();
        assertThat(result.account().findings()).isEmpty();
        assertThat(result.recoveries()).hasSizeGreaterThan(1);
        assertThat(result.account().ends().keySet()).containsExactlyInAnyOrder(Via.values());
        assertThat(result.account().ended(Close.DONE))
                .as("most calls were done: " + result.account().ends())
                .isGreaterThan(result.account().calls() / 2);
        assertThat(result.vitals().keySet())
                .as("nodes that lived through it all")
                .contains("n1");
    }
}
