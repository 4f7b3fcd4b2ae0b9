package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InForceTest {
    private static final String FORWARD = "{\"name\":\"ForwardScheduler\",\"parameters\":[\"3\"]}";
    private static final String BROKER_MATCH = "{\"name\":\"BrokerMatch\",\"parameters\":[]}";

    @TempDir
    private Path folder = Path.of(".");

    private final List<Integer> announced = new ArrayList<>();
    private InForce inForce = start();
    private NodeLoop loop = connect();

    @BeforeEach
    void begin() {
        inForce = start();
        loop = connect();
    }

    private InForce start() {
        LoadResult loaded = SettingsLoader.load(Optional.empty(), Map.of(), Map.of("id", List.of("n1")));
        return new InForce(
                ((LoadResult.Loaded) loaded).settings(),
                PolicyCatalogue.standard(),
                new Keeper(Optional.of(new DataFolder(folder))));
    }

    private NodeLoop connect() {
        NodeLoop started = new NodeLoop(
                new NodeBrain(
                        BrainSettings.of(new NodeId("n1"), 1, 4, 4),
                        inForce.policy(),
                        RandomGeneratorFactory.of("L64X128MixRandom").create(1)),
                new ManualClock(),
                effect -> {});
        inForce.connect(started, announced::add);
        return started;
    }

    private static Optional<Document.Refusal> post(Document document, String json) {
        return document.change(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), "test");
    }

    private Load load() {
        return loop.look(NodeBrain::load);
    }

    private String policy() {
        return loop.look(brain -> brain.policy().describe());
    }

    private String kept(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void a_change_is_in_force_told_and_saved_when_it_is_answered() throws IOException {
        assertThat(post(inForce.configuration(), "{\"parallel_running_functions_max\":8,\"queue_enabled\":false}"))
                .isEmpty();
        assertThat(load()).isEqualTo(new Load(0, 8, 0, 0));
        assertThat(announced).containsExactly(8);
        assertThat(kept("p2p_faas-scheduler.json").trim())
                .isEqualTo(inForce.configuration().text())
                .contains("\"queue_length_max\":4,\"queue_enabled\":false");

        assertThat(post(inForce.scheduler(), FORWARD)).isEmpty();
        assertThat(policy()).isEqualTo("ForwardScheduler(3)");
        assertThat(inForce.describe()).isEqualTo("ForwardScheduler(3)");
        assertThat(inForce.scheduler().text()).isEqualTo(FORWARD);
        assertThat(kept("p2p_faas-scheduler-config.json").trim()).isEqualTo(FORWARD);
        assertThat(load().slots()).as("the other document stays").isEqualTo(8);
    }

    @Test
    void what_is_wrong_changes_nothing() {
        assertThat(post(inForce.configuration(), "{\"queue_enabled\":false,\"parallel_running_functions_max\":0}"))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.code()).isEqualTo(4);
                });
        assertThat(post(inForce.scheduler(), "{\"name\":\"Nonsense\"}")).isPresent();
        assertThat(load()).isEqualTo(new Load(0, 4, 0, 4));
        assertThat(policy()).startsWith("BrokerMatch");
        assertThat(announced).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_cannot_be_saved_is_not_done() throws IOException {
        Files.createDirectory(folder.resolve("p2p_faas-scheduler.json"));
        Files.createFile(folder.resolve("p2p_faas-scheduler.json").resolve("x"));
        assertThat(post(inForce.configuration(), "{\"parallel_running_functions_max\":8}"))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(500);
                    assertThat(refusal.code()).isEqualTo(2);
                    assertThat(refusal.message()).contains("nothing was changed", "p2p_faas-scheduler.json");
                });
        assertThat(load().slots()).isEqualTo(4);
    }

    @Test
    void a_broker_that_does_not_say_nobody_gets_another_policy_until_it_does() {
        inForce.brokerSaysNobody(false);
        assertThat(policy()).startsWith("LeastLoadedSpill");
        assertThat(inForce.describeWanted()).startsWith("BrokerMatch");
        assertThat(inForce.scheduler().text()).as("what was wanted").isEqualTo(BROKER_MATCH);
        inForce.brokerSaysNobody(true);
        assertThat(policy()).startsWith("BrokerMatch");
    }

    @Test
    void the_fallback_goes_with_the_policy_that_needed_it_and_comes_back_with_it() {
        inForce.brokerSaysNobody(false);
        post(inForce.scheduler(), FORWARD);
        assertThat(policy()).isEqualTo("ForwardScheduler(3)");
        post(inForce.scheduler(), BROKER_MATCH);
        assertThat(policy()).startsWith("LeastLoadedSpill");
        post(inForce.configuration(), "{\"parallel_running_functions_max\":2}");
        assertThat(policy()).startsWith("LeastLoadedSpill");
        assertThat(load().slots()).isEqualTo(2);
        inForce.brokerSaysNobody(true);
        assertThat(policy()).startsWith("BrokerMatch");
        assertThat(load().slots()).isEqualTo(2);
    }
}
