package io.p2pfaas.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.p2pfaas.load.record.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a campaign left in a folder. Only the runs must be there; what else is missing or broken is noted.
 *
 * @param experimentText the experiment file as it was, or empty
 * @param experiment the same as a tree
 * @param provenance who ran what, where and when
 * @param notes for people
 */
public record StoredResults(
        Path path, Runs runs, String experimentText, JsonNode experiment, JsonNode provenance, List<String> notes) {
    private static final String EXPERIMENT = "experiment.yaml";
    private static final String PROVENANCE = "provenance.json";

    public StoredResults {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if it has no runs, or they cannot be read; the message is for people
     */
    public static StoredResults read(Path folder) throws IOException {
        Runs runs = Runs.read(folder);
        List<String> notes = new ArrayList<>(runs.notes());
        String text = text(folder.resolve(EXPERIMENT), notes);
        return new StoredResults(
                folder,
                runs,
                text,
                tree(new YAMLMapper(), EXPERIMENT, text, notes),
                tree(new ObjectMapper(), PROVENANCE, text(folder.resolve(PROVENANCE), notes), notes),
                notes);
    }

    private static String text(Path file, List<String> notes) throws IOException {
        if (!Files.isRegularFile(file)) {
            notes.add(file + " is missing");
            return "";
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(ObjectMapper mapper, String name, String text, List<String> notes) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException broken) {
            notes.add(name + " cannot be read: " + broken.getOriginalMessage());
            return MissingNode.getInstance();
        }
    }

    /** The last part of the path. */
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
