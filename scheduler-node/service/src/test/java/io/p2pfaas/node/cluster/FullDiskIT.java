package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with a full disk. */
final class FullDiskIT {

    @TempDir
    private Path folder = Path.of(".");

    private final Caller caller = new Caller();
    private MosquittoProcess broker;

    @BeforeEach
    void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private static Reply configure(Cluster cluster, int slots) {
        return Await.of(cluster.caller()
                .post(
                        cluster.node(1).url() + "/configuration",
                        ("{\"parallel_running_functions_max\":" + slots + "}").getBytes(UTF_8)));
    }

    private static int slots(Cluster cluster) {
        return cluster.node(1).look(brain -> brain.load().slots());
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "the disk with the data folder is full",
            promise =
                    "calls go on; a change of settings is refused with the reason and changes nothing; with room again it works")
    @Test
    void a_full_disk_costs_no_call_and_changes_nothing_by_half() throws IOException {
        Tool.needOrSkip("mount", "umount");
        Tool.Ran mounted =
                Tool.run(Map.of(), List.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()));
        if (mounted.exit() != 0) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("no tmpfs: " + mounted.said() + ", and CI=true forbids to skip");
            }
            Assumptions.abort("no tmpfs: " + mounted.said());
        }
        try (Cluster cluster = Cluster.startOnly(
                1,
                Flags.forBroker(broker.port())
                        .with("data", folder.toString())
                        .with("slots", "4")
                        .with("functions", "echo=builtin:echo"))) {
            assertThat(configure(cluster, 5).status()).isEqualTo(200);
            Path filler = folder.resolve("filler");
            fill(filler);

            Reply refused = configure(cluster, 6);

            assertThat(refused.status()).as("%s", refused).isEqualTo(500);
            assertThat(refused.text()).contains("nothing was changed");
            assertThat(slots(cluster)).isEqualTo(5);
            assertThat(Await.of(caller.post(cluster.function(1, "echo"), new byte[] {1}))
                            .status())
                    .isEqualTo(200);
            Files.delete(filler);
            assertThat(configure(cluster, 7).status()).isEqualTo(200);
            assertThat(slots(cluster)).isEqualTo(7);
        } finally {
            Tool.succeed(List.of("umount", folder.toString()));
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
