package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void a_password_is_never_printed() {
        LoadResult.Loaded loaded = Loading.loaded(
                Loading.flags(Map.of("broker.user", List.of("edge"), "broker.password", List.of("hunter2"))));

        assertThat(loaded.settings().broker().password().map(Secret::reveal)).contains("hunter2");
        assertThat(loaded.toString()).contains("***").doesNotContain("hunter2");
        assertThat(loaded.effective().text())
                .contains("broker.password = ***   (from flag)")
                .doesNotContain("hunter2");
    }

    @Test
    void a_password_can_be_in_a_file_of_its_own() throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, " hunter2 \n");

        NodeSettings settings = Loading.settings(Loading.flags(
                Map.of("broker.user", List.of("edge"), "broker.password-file", List.of(file.toString()))));

        assertThat(settings.broker().password()).contains(new Secret(" hunter2 "));
    }

    @Test
    void a_password_file_must_be_there_and_hold_something() throws IOException {
        Path file = folder.resolve("password");

        assertThat(Loading.problem(Loading.flag("broker.password-file", file.toString())))
                .contains("--broker-password-file", "cannot be read: NoSuchFileException");
        Files.writeString(file, "\n");
        assertThat(Loading.problem(Loading.flag("broker.password-file", file.toString())))
                .contains("the file is empty");
    }

    @Test
    void problems_with_secrets_do_not_tell_them() {
        assertThat(Loading.problem(Loading.flag("broker.password", "hunter2")))
                .contains("found '***': a password without broker.user")
                .doesNotContain("hunter2");
        assertThat(Loading.problem(Loading.flag("broker.url", "mqtt://edge:hunter2@broker")))
                .contains("mqtt://***@broker", "broker.password-file")
                .doesNotContain("hunter2");
        assertThat(Loading.problem(Loading.flag("functions", "a=http://edge:hunter2@host")))
                .contains("a=http://***@host")
                .doesNotContain("hunter2");
        assertThat(Loading.problem(Loading.flags(Map.of(
                        "broker.password",
                        List.of("hunter2"),
                        "broker.password-file",
                        List.of("/run/secrets/p"),
                        "broker.user",
                        List.of("edge")))))
                .contains("broker.password", "contradicts broker.password-file")
                .doesNotContain("hunter2");
        assertThat(Loading.problem(Loading.flag("broker.password", "hunter2", "hunter3")))
                .doesNotContain("hunter");
    }

    @Test
    void a_password_of_a_stronger_source_replaces_the_weaker_ones_file() {
        NodeSettings settings = Loading.settings(SettingsLoader.load(
                Optional.empty(),
                Map.of("P2PFAAS_BROKER_PASSWORD_FILE", "/nowhere", "P2PFAAS_BROKER_USER", "edge"),
                Map.of("broker.password", List.of("hunter2"))));

        assertThat(settings.broker().password()).contains(new Secret("hunter2"));
    }
}
