package io.p2pfaas.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads passwords, which are given directly or as a file, and only together with a user. */
final class Passwords {
    private final GivenValues given;
    private final GivenReader reader;

    Passwords(GivenValues given, GivenReader reader) {
        this.given = given;
        this.reader = reader;
    }

    /** The password; reports a file that cannot be read and a password without user. */
    Optional<Secret> read(Setting<String> user, Setting<Secret> direct, Setting<Path> file) {
        Optional<Secret> password = reader.find(direct);
        Optional<Path> place = reader.find(file);
        Optional<Given> source = given.first(file);
        if (place.isPresent() && source.isPresent()) {
            password = read(place.get(), file, source.get());
        }
        if (password.isPresent() && given.first(user).isEmpty()) {
            Setting<?> setting = source.isPresent() ? file : direct;
            given.first(setting).ifPresent(text -> reader.add(setting, text, "a password without " + user.key()));
        }
        return password;
    }

    private Optional<Secret> read(Path file, Setting<?> setting, Given source) {
        try {
            // One line end at the end is the editor's, not the password's.
            String password = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
            if (!password.isEmpty()) {
                return Optional.of(new Secret(password));
            }
            reader.add(setting, source, "the file is empty");
        } catch (IOException e) {
            reader.add(setting, source, "cannot be read: " + e.getClass().getSimpleName());
        }
        return Optional.empty();
    }
}
