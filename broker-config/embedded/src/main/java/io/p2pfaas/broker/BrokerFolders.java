package io.p2pfaas.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The temporary folders that HiveMQ insists on, even in memory: without them it writes beside its own jar. */
record BrokerFolders(Path root) {

    /** Writes config.xml for the given port. */
    static BrokerFolders create(int port) {
        try {
            var folders = new BrokerFolders(Files.createTempDirectory("p2pfaas-broker-"));
            Files.createDirectory(folders.configuration());
            Files.createDirectory(folders.data());
            Files.createDirectory(folders.extensions());
            var configuration = template().replace("@PORT@", Integer.toString(port));
            Files.writeString(folders.configuration().resolve("config.xml"), configuration);
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException("the broker needs a temporary folder", e);
        }
    }

    Path configuration() {
        return root.resolve("conf");
    }

    Path data() {
        return root.resolve("data");
    }

    Path extensions() {
        return root.resolve("extensions");
    }

    void delete() {
        if (Files.notExists(root)) {
            return;
        }
        try {
            for (Path path : contentsFirst()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's temporary folder could not be removed", e);
        }
    }

    private List<Path> contentsFirst() throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static String template() throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(BrokerFolders.class.getResourceAsStream("config.xml"), "config.xml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
