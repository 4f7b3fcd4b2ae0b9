package io.p2pfaas.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A line of the docs that starts a Mosquitto client.
 *
 * @param place file and number of the line
 * @param command the line, with those that it goes on in
 * @param next the next such line of the same code block, or nothing
 */
record PastedLine(String place, String command, String next) {
    private static final Pattern CLIENT = Pattern.compile("mosquitto_(rr|pub|sub) .*", Pattern.DOTALL);

    /** What a line prints. */
    record Expected(boolean listens, Pattern text) {}

    /** All lines of the docs, in their order. */
    static List<PastedLine> ofDocs() {
        List<PastedLine> all = new ArrayList<>();
        for (String file : List.of("README.md", "broker-config/README.md", "docs/devices.md")) {
            all.addAll(of(file, read(top().resolve(file))));
        }
        return all;
    }

    /** The lines of the code blocks of a page. */
    static List<PastedLine> of(String file, String page) {
        List<PastedLine> found = new ArrayList<>();
        List<String> lines = page.lines().toList();
        boolean isCode = false;
        int blockStart = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith("```")) {
                isCode = !isCode;
                blockStart = found.size();
                continue;
            }
            String place = file + ":" + (i + 1);
            StringBuilder command = new StringBuilder(lines.get(i));
            while (isCode && command.toString().endsWith("\\") && i + 1 < lines.size()) {
                command.append('\n').append(lines.get(++i));
            }
            if (isCode && CLIENT.matcher(command).matches()) {
                if (found.size() > blockStart) {
                    PastedLine before = found.remove(found.size() - 1);
                    found.add(new PastedLine(before.place, before.command, command.toString()));
                }
                found.add(new PastedLine(place, command.toString(), ""));
            }
        }
        return found;
    }

    /** What is written in pasted-lines.txt, by command. */
    static Map<String, Expected> expectations() {
        try (InputStream file = Objects.requireNonNull(
                PastedLine.class.getResourceAsStream("pasted-lines.txt"), "pasted-lines.txt is not there")) {
            return expectations(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Expected> expectations(String text) {
        Map<String, Expected> all = new LinkedHashMap<>();
        for (String entry : text.split("\n\\s*\n", -1)) {
            List<String> lines = entry.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                continue;
            }
            String first = lines.get(0);
            if (!first.startsWith("$ ") && !first.startsWith("& ")) {
                throw new IllegalArgumentException("pasted-lines.txt: neither '$ ' nor '& ' begins: " + first);
            }
            int end = 1;
            while (lines.get(end - 1).endsWith("\\") && end < lines.size()) {
                end++;
            }
            String command = String.join("\n", lines.subList(0, end)).substring(2);
            String expected = String.join("\n", lines.subList(end, lines.size()));
            all.put(command, new Expected(first.startsWith("&"), Pattern.compile(expected, Pattern.DOTALL)));
        }
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests may be started in the module or in the project's folder. */
    private static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("broker-config/README.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "broker-config/README.md is not above this folder");
        }
        return folder;
    }

    @Override
    public String toString() {
        return place + " " + command;
    }
}
