package io.p2pfaas.load.plan;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files that an experiment file names, looked up beside it. Remembers what was read. One thread. */
final class InputFiles {
    /** Paths below the experiment's own folder, so that a copy of the folder is complete; or absolute ones. */
    static final ValueKind<String> NAME =
            new ValueKind<>("a path below the folder of the experiment, or an absolute one", text -> {
                if (text.isEmpty() || Path.of(text).normalize().startsWith("..")) {
                    throw new IllegalArgumentException("not such a path");
                }
                return text;
            });

    private final Path folder;
    private final Map<String, String> texts = new LinkedHashMap<>();

    InputFiles(Path folder) {
        this.folder = folder;
    }

    /** The text of a file; empty, and a problem with {@code key} more, if it cannot be read. */
    Optional<String> read(Section section, String key, String name) {
        String known = texts.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String reason;
        try {
            String text = Files.readString(folder.resolve(name));
            texts.put(name, text);
            return Optional.of(text);
        } catch (NoSuchFileException ignored) {
            reason = "there is no file " + folder.resolve(name);
        } catch (CharacterCodingException ignored) {
            reason = folder.resolve(name) + " is not text";
        } catch (IOException | InvalidPathException unreadable) {
            reason = "cannot read " + folder.resolve(name) + ": " + unreadable;
        }
        section.problem(key, reason, "", "");
        return Optional.empty();
    }

    /** Texts by the name that the experiment file has for them, in the order of their first use. */
    Map<String, String> texts() {
        return new LinkedHashMap<>(texts);
    }
}
