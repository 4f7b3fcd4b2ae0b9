package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.access.Role;
import io.p2pfaas.node.access.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExampleFilesTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void the_example_says_the_defaults() {
        NodeSettings example = Loading.settings(SettingsLoader.load(Optional.of(example()), Map.of(), Map.of()));
        NodeSettings defaults = Loading.settings(Loading.flags(Map.of()));

        assertThat(example.id()).isEqualTo(new NodeId("edge-1"));
        assertThat(example.functions()).hasSize(3);
        assertThat(example.http()).isEqualTo(defaults.http());
        assertThat(example.broker()).isEqualTo(defaults.broker());
        assertThat(example.capacity()).isEqualTo(defaults.capacity());
        assertThat(example.call()).isEqualTo(defaults.call());
        assertThat(example.scheduler()).isEqualTo(defaults.scheduler());
        assertThat(example.docker()).isEqualTo(defaults.docker());
        assertThat(example.async()).isEqualTo(defaults.async());
        assertThat(example.access()).isEqualTo(defaults.access());
        assertThat(example.tracing()).isEqualTo(defaults.tracing());
        assertThat(example.log()).isEqualTo(defaults.log());
        assertThat(example.stopGrace()).isEqualTo(defaults.stopGrace());
    }

    /** Settings that are commented out have no space after the sign, other comments do. */
    @Test
    void what_is_commented_out_in_the_example_is_allowed_too() throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, "hunter2");
        Path tokens = folder.resolve("tokens");
        Files.writeString(tokens, Tokens.issue(Role.INVOKE, "shop").line());
        String text = Files.readString(example())
                .replaceAll("(?m)^( *)#([a-z])", "$1$2")
                .replace("mqtt://127.0.0.1:1883", "mqtts://127.0.0.1:8883")
                .replaceAll("(: )/etc/p2pfaas/edge-1", "$1" + Loading.tlsFolder() + "ec")
                .replace("/etc/p2pfaas/ca", Loading.tlsFolder() + "ca")
                .replace("/etc/p2pfaas/tokens", tokens.toString())
                .replace("/run/secrets/otlp-headers", Loading.tlsFolder() + "otlp-headers")
                .replace("/run/secrets/broker-password", password.toString())
                .replace("/run/secrets/basic-auth-password", password.toString());

        NodeSettings settings = Loading.settings(Loading.file(folder, text));

        assertThat(settings.scheduler()).isPresent();
        assertThat(settings.broker().user()).contains("edge-1");
        assertThat(settings.broker().password()).isPresent();
        assertThat(settings.broker().tls().files().all()).hasSize(3);
        assertThat(settings.access().admin()).isPresent();
        assertThat(settings.access().tokens()).contains(tokens);
        assertThat(settings.access().tls().all()).hasSize(2);
        assertThat(settings.tracing().endpoint()).isPresent();
    }

    @Test
    void the_example_names_every_setting() throws IOException {
        String text = Files.readString(example());

        for (Setting<?> setting : SettingsTable.all()) {
            String lastWord = setting.key().substring(setting.key().lastIndexOf('.') + 1);
            assertThat(text).contains(lastWord + ":");
        }
    }

    /** Tests may be started in the module or in the project's folder. */
    private static Path example() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("docs/examples/node.yaml"))) {
            candidate =
                    Objects.requireNonNull(candidate.getParent(), "docs/examples/node.yaml is not above this folder");
        }
        return candidate.resolve("docs/examples/node.yaml");
    }
}
