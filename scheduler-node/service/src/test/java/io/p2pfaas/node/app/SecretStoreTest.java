package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretStoreTest {
    private static final FunctionName READER = new FunctionName("reader");

    @TempDir
    private Path data = Path.of(".");

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private SecretStore store() {
        return new SecretStore(Optional.of(data));
    }

    private static int status(Optional<Refusal> refusal) {
        return refusal.map(Refusal::status).orElse(0);
    }

    @Test
    void a_secret_is_created_once_replaced_and_removed() {
        SecretStore store = store();

        assertThat(store.create("token", bytes("a"))).isEmpty();
        assertThat(status(store.create("token", bytes("b")))).isEqualTo(409);
        assertThat(store.replace("token", bytes("c"))).isEmpty();
        assertThat(status(store.replace("other", bytes("c")))).isEqualTo(404);
        assertThat(store.names()).containsExactly("token");
        assertThat(store.remove("token")).isEmpty();
        assertThat(status(store.remove("token"))).isEqualTo(404);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void a_function_sees_its_secrets_and_no_others_and_their_new_values() throws IOException {
        SecretStore store = store();
        store.create("token", bytes("a"));
        store.create("other", bytes("x"));

        Path folder = store.grant(READER, List.of("token")).orElseThrow();

        assertThat(folder.resolve("token")).hasContent("a");
        assertThat(folder.resolve("other")).doesNotExist();
        store.replace("token", bytes("b"));
        assertThat(folder.resolve("token")).hasContent("b");
        store.grant(READER, List.of("other"));
        assertThat(folder.resolve("token")).doesNotExist();
        assertThat(folder.resolve("other")).hasContent("x");
        store.remove("other");
        assertThat(folder.resolve("other")).doesNotExist();
        store.revoke(READER);
        assertThat(folder).doesNotExist();
    }

    @Test
    void a_secret_that_is_created_again_reaches_those_who_may_read_it() throws IOException {
        SecretStore store = store();
        Path folder = store.grant(READER, List.of("late")).orElseThrow();

        store.create("late", bytes("now"));

        assertThat(folder.resolve("late")).hasContent("now");
    }

    @Test
    void secrets_survive_a_restart_and_only_the_nodes_user_gets_to_them() throws IOException {
        store().create("token", bytes("a"));

        assertThat(store().names()).containsExactly("token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets/kept/token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void without_a_data_folder_nothing_is_left() {
        SecretStore store = new SecretStore(Optional.empty());
        store.create("token", bytes("a"));
        assertThat(store.names()).containsExactly("token");

        store.close();

        assertThat(data).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", "a\n", "a b", ".hidden"})
    void names_that_could_be_another_file_are_refused(String name) {
        assertThat(status(store().create(name, bytes("a")))).isEqualTo(400);
        assertThat(store().has(name)).isFalse();
        assertThat(status(store().remove(name))).isEqualTo(404);
    }

    @Test
    void a_value_that_is_too_long_is_refused() {
        assertThat(status(store().create("big", ByteBuffer.allocate(64 * 1024 + 1))))
                .isEqualTo(400);
    }
}
