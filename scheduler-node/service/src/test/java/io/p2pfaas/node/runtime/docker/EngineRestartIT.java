package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.TestImages;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine goes under a running node and comes back, with some containers and without others. */
final class EngineRestartIT {
    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "the engine restarts while containers live",
            promise = "those that live are kept, the others replaced")
    @Test
    void what_lives_is_kept_and_what_died_meanwhile_is_replaced(@TempDir Path folder) throws Exception {
        TestImages.requireOrSkip();
        Engine direct = new DockerEngine(TestImages.engineAddress(), false);
        Path socket = Path.of(URI.create(TestImages.engineAddress()).getPath());
        try (EngineRelay relay = new EngineRelay(folder.resolve("engine.sock"), socket);
                ContainerRig rig = new ContainerRig(relay.address()).begun()) {
            ReplicatedRuntime lives = rig.deploy("lives", TestImages.WEB, "");
            ReplicatedRuntime dies = rig.deploy("dies", TestImages.WEB, "");
            assertAnswers(lives);
            assertAnswers(dies);
            String living = rig.idsOf("lives");
            String dead = rig.idsOf("dies");

            relay.end();
            ContainerRig.await("the loss", () -> !lives.isUsable() && !dies.isUsable());
            assertThat(ContainerRig.call(lives, "/echo").reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
            direct.remove(dead);
            relay.startAgain();

            ContainerRig.await("the engine", () -> lives.isUsable() && dies.isUsable());
            assertAnswers(lives);
            assertAnswers(dies);
            assertThat(rig.idsOf("lives")).isEqualTo(living);
            assertThat(rig.idsOf("dies")).isNotEqualTo(dead).hasSameSizeAs(dead);
            assertThat(rig.runtimes().counters().coldStarts()).isEqualTo(3);
        } finally {
            direct.close();
        }
    }

    private static void assertAnswers(ReplicatedRuntime runtime) {
        assertThat(ContainerRig.call(runtime, "/echo").answer().status()).isEqualTo(200);
    }
}
