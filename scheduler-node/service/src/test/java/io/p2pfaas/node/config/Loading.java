package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Short forms of loading, for tests that give only one source or expect one end. */
final class Loading {
    private Loading() {}

    static NodeSettings settings(LoadResult result) {
        return loaded(result).settings();
    }

    static LoadResult.Loaded loaded(LoadResult result) {
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        return (LoadResult.Loaded) result;
    }

    static LoadResult.Refused refused(LoadResult result) {
        assertThat(result).isInstanceOf(LoadResult.Refused.class);
        return (LoadResult.Refused) result;
    }

    /** The only problem. */
    static String problem(LoadResult result) {
        assertThat(refused(result).problems()).hasSize(1);
        return refused(result).problems().get(0).toString();
    }

    static LoadResult file(Path folder, String text) throws IOException {
        return file(folder, text, Map.of(), Map.of());
    }

    static LoadResult file(Path folder, String text, Map<String, String> environment, Map<String, List<String>> flags)
            throws IOException {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, text);
        return SettingsLoader.load(Optional.of(file), environment, flags);
    }

    static LoadResult environment(Map<String, String> environment) {
        return SettingsLoader.load(Optional.empty(), environment, Map.of());
    }

    static LoadResult flags(Map<String, List<String>> flags) {
        return SettingsLoader.load(Optional.empty(), Map.of(), flags);
    }

    static LoadResult flag(String key, String... values) {
        return flags(Map.of(key, List.of(values)));
    }

    /** Where certificates and keys for tests are, with a slash at the end. */
    static String tlsFolder() {
        try {
            return Path.of(Objects.requireNonNull(Loading.class.getResource("/tls/ca.crt"))
                                    .toURI())
                            .getParent() + "/";
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
