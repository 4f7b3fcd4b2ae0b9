package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.config.FunctionSetting;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.function.FunctionState;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.runtime.FunctionRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionRegistryTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path data = Path.of(".");

    /** One life of a node: its functions until it is gone. */
    private final class Life implements FunctionRegistry.Runtimes {
        private final List<FunctionDefinition> made = new ArrayList<>();
        private final List<Set<FunctionName>> told = new ArrayList<>();
        private final SecretStore secrets = new SecretStore(Optional.of(data));
        private final FunctionRegistry registry;
        private Optional<String> unprepared = Optional.empty();

        Life(FunctionSetting... configured) {
            registry = new FunctionRegistry(
                    new Deployments(Runnable::run),
                    this,
                    new FunctionFiles(Optional.of(data)),
                    secrets,
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    Duration.ofSeconds(1));
            registry.begin(List.of(configured));
            registry.connect((usable, unusable) -> told.add(usable));
        }

        @Override
        public Optional<String> prepare(FunctionDefinition definition) {
            return unprepared;
        }

        @Override
        public FunctionRuntime create(FunctionDefinition definition) {
            if (definition.image().contains("impossible")) {
                throw new IllegalArgumentException("image is impossible; allowed is another");
            }
            made.add(definition);
            return FakeRuntime.holding();
        }

        int deploy(String json) {
            return status(registry.deploy(definition(json)));
        }
    }

    private static FunctionDefinition definition(String json) {
        return FunctionJson.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static int status(Optional<Refusal> refusal) {
        return refusal.map(Refusal::status).orElse(0);
    }

    private static FunctionName name(String text) {
        return new FunctionName(text);
    }

    private static List<String> names(Life life) {
        return life.registry.list().stream()
                .map(state -> state.definition().name().value())
                .toList();
    }

    @Test
    void a_deployed_function_is_there_told_and_kept_for_the_next_life() throws IOException {
        Life life = new Life();
        String json =
                "{\"service\":\"fn\",\"image\":\"local/fn:1\",\"labels\":{\"a\":\"b\"},\"limits\":{\"memory\":\"64Mi\"}}";

        assertThat(life.deploy(json)).isZero();

        assertThat(life.told).containsExactly(Set.of(), Set.of(name("fn")));
        Life next = new Life();
        FunctionState state = next.registry.find(name("fn")).orElseThrow();
        assertThat(state.definition().given()).isEqualTo(json);
        assertThat(state.createdAt()).isEqualTo(NOW);
        assertThat(Files.readString(data.resolve("functions/fn.json"))).contains("\"memory\" : \"64Mi\"");
    }

    @Test
    void an_update_needs_something_to_update() {
        Life life = new Life();
        FunctionDefinition definition = definition("{\"service\":\"fn\",\"image\":\"local/fn:1\"}");

        assertThat(status(life.registry.update(definition))).isEqualTo(404);
        assertThat(status(life.registry.deploy(definition))).isZero();
        assertThat(status(life.registry.update(definition))).isZero();
    }

    @Test
    void a_removed_function_is_gone_in_the_next_life_too() {
        Life life = new Life();
        life.deploy("{\"service\":\"fn\",\"image\":\"local/fn:1\"}");

        assertThat(status(life.registry.remove(name("fn")))).isZero();
        assertThat(status(life.registry.remove(name("fn")))).isEqualTo(404);

        assertThat(life.told).endsWith(Set.of());
        assertThat(names(new Life())).isEmpty();
    }

    @Test
    void what_was_deployed_wins_over_what_is_configured() {
        FunctionSetting configured = new FunctionSetting(name("fn"), "builtin:echo", false);
        new Life(configured).deploy("{\"service\":\"fn\",\"image\":\"builtin:hash\"}");

        Life next = new Life(configured);

        assertThat(names(next)).containsExactly("fn");
        assertThat(next.registry.find(name("fn")).orElseThrow().definition().image())
                .isEqualTo("builtin:hash");
    }

    @Test
    void a_refused_function_changes_nothing() {
        Life life = new Life();
        life.deploy("{\"service\":\"fn\",\"image\":\"local/fn:1\"}");

        assertThat(life.deploy("{\"service\":\"fn\",\"image\":\"impossible\"}")).isEqualTo(400);
        assertThat(life.deploy("{\"service\":\"fn\",\"image\":\"exec:/bin/cat\"}"))
                .isEqualTo(400);
        assertThat(life.deploy("{\"service\":\"fn\",\"image\":\"http://127.0.0.1:1\"}"))
                .isEqualTo(400);
        assertThat(life.deploy("{\"service\":\"fn\",\"image\":\"local/fn:2\",\"secrets\":[\"none\"]}"))
                .isEqualTo(400);
        life.unprepared = Optional.of("image local/fn:2 is not here and cannot be fetched");
        assertThat(life.deploy("{\"service\":\"fn\",\"image\":\"local/fn:2\"}")).isEqualTo(500);

        assertThat(new Life()
                        .registry
                        .find(name("fn"))
                        .orElseThrow()
                        .definition()
                        .image())
                .isEqualTo("docker:local/fn:1");
    }

    @Test
    void a_damaged_file_costs_one_function_and_not_the_node() throws IOException {
        Life life = new Life();
        life.deploy("{\"service\":\"a\",\"image\":\"local/fn:1\"}");
        life.deploy("{\"service\":\"b\",\"image\":\"local/fn:1\"}");
        Files.writeString(data.resolve("functions/a.json"), "{\"createdAt\":");
        Files.copy(data.resolve("functions/b.json"), data.resolve("functions/c.json"));

        assertThat(names(new Life())).containsExactly("b");
        assertThat(data.resolve("functions/a.json")).exists();
    }

    @Test
    void a_configured_function_that_cannot_be_stops_the_start() {
        FunctionSetting configured = new FunctionSetting(name("fn"), "docker:impossible", false);

        assertThatThrownBy(() -> new Life(configured)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_runs_in_no_container_has_one_replica() {
        Life life = new Life();
        life.deploy("{\"service\":\"fn\",\"image\":\"builtin:echo\"}");

        assertThat(status(life.registry.scale(name("fn"), 1))).isZero();
        assertThat(status(life.registry.scale(name("fn"), 2))).isEqualTo(400);
        assertThat(status(life.registry.scale(name("other"), 1))).isEqualTo(404);
    }
}
