package io.p2pfaas.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.InvalidExperiment;
import io.p2pfaas.load.record.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign left in a folder. Only the runs must be there; what else is missing or broken is noted.
 *
 * @param experimentText the experiment file as it was, or empty
 * @param experiment what it says; null if it is missing or cannot be read
 * @param provenance who ran what, where and when
 * @param notes for people
 */
public record StoredResults(
        Path path,
        Runs runs,
        String experimentText,
        @Nullable Experiment experiment,
        JsonNode provenance,
        List<String> notes) {
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
                experiment(folder, text, notes),
                tree(text(folder.resolve(PROVENANCE), notes), notes),
                notes);
    }

    private static String text(Path file, List<String> notes) throws IOException {
        if (!Files.isRegularFile(file)) {
            notes.add(file + " is missing");
            return "";
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static @Nullable Experiment experiment(Path folder, String text, List<String> notes) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return ExperimentFile.parseStored(EXPERIMENT, text, folder).experiment();
        } catch (InvalidExperiment invalid) {
            // Perhaps of another version of the lab; what was measured is there nevertheless.
            notes.add("there is no theory and no order of schedulers, for " + invalid.getMessage());
            return null;
        }
    }

    private static JsonNode tree(String text, List<String> notes) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            notes.add(PROVENANCE + " cannot be read: " + broken.getOriginalMessage());
            return MissingNode.getInstance();
        }
    }

    /** The last part of the path. */
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
