package io.p2pfaas.node.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository; Maven runs tests in the module's folder. */
final class Repository {
    private static final Path ROOT = Path.of("../..");

    private Repository() {}

    static Path file(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page that is made of something else; with {@code -Dapi.write=true} it is written. */
    static void assertMade(String name, String wanted, String of) {
        try {
            if (Boolean.getBoolean("api.write")) {
                Files.writeString(file(name), wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(Files.exists(file(name)) ? text(name) : "")
                .as("%s is not what %s says; -Dtest.jvm.options=-Dapi.write=true makes it anew", name, of)
                .isEqualTo(wanted);
    }
}
