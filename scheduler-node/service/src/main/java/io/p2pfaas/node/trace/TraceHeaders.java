package io.p2pfaas.node.trace;

import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** Header fields that a collector wants to see, such as a key: lines {@code Name: value} of a file. */
public final class TraceHeaders {
    private static final int MAX_FILE_BYTES = 64 * 1024;
    private static final EndToEnd CARRIED = EndToEnd.besides(null);

    private final Headers fields;

    private TraceHeaders(Headers fields) {
        this.fields = fields;
    }

    /** Reads {@code file} now, and again when it changes. */
    public static FileWatch<TraceHeaders> watch(Path file) throws FileProblem {
        return new FileWatch<>("header fields for traces", List.of(file), () -> read(file));
    }

    /** Reads a file; blocks. What is wrong is told without a word of what is in it. */
    public static TraceHeaders read(Path file) throws FileProblem {
        String name = file.toString();
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new FileProblem(name, "it is larger than " + MAX_FILE_BYTES + " bytes", null);
            }
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new FileProblem(name, "there is no such file", e);
        } catch (IOException e) {
            throw new FileProblem(name, "cannot be read: " + e.getClass().getSimpleName(), e);
        } catch (IllegalArgumentException e) {
            throw new FileProblem(name, String.valueOf(e.getMessage()), null);
        }
    }

    /** @throws IllegalArgumentException with the number of the line that is not a field */
    static TraceHeaders parse(String text) {
        Headers.Builder fields = new Headers.Builder();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (!CARRIED.carries(field, value) || value.isEmpty() || field.equalsIgnoreCase("Content-Type")) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not 'Name: value' with a header field");
            }
            fields.add(field, value);
        }
        return new TraceHeaders(fields.build());
    }

    void forEach(BiConsumer<String, String> field) {
        fields.forEach(field);
    }
}
