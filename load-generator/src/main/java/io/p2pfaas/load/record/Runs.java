package io.p2pfaas.load.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The finished repetitions in a result folder, whatever order they ended in.
 *
 * @param all sorted by world, settings and repetition
 * @param notes for people: lines that could not be used, and why
 */
public record Runs(List<RunResult> all, List<String> notes) {
    /** Where they are in a result folder: a line of JSON each. */
    public static final String FILE = "runs.jsonl";

    private static final Comparator<RunResult> ORDER = Comparator.comparing(RunResult::world)
            .thenComparing(run -> new TreeMap<>(run.point()).toString())
            .thenComparingInt(RunResult::repetition);

    public Runs {
        all = all.stream().sorted(ORDER).toList();
        notes = List.copyOf(notes);
    }

    /** What repetitions of one point have in common. */
    public record Key(RunResult.World world, Map<String, String> settings) {
        public Key {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Reads {@value #FILE}. A line that is not a result, such as the last one after a kill in the middle of writing, is
     * left out and noted. Of a repetition that is there twice, as after a resume, the later line counts.
     *
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static Runs read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(folder + " is not a result folder: it has no " + FILE);
        }
        // Malformed bytes at the end of a torn line must not hide the lines before it.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        Map<Object, RunResult> latest = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            try {
                RunResult run = RunResultJson.parse(line);
                Object repetition = List.of(run.world(), run.point(), run.repetition());
                if (latest.put(repetition, run) != null) {
                    notes.add(where(file, i) + " repeats repetition " + run.repetition() + " of " + run.point()
                            + ": the later one counts");
                }
            } catch (IllegalArgumentException broken) {
                boolean torn = i == lines.size() - 1;
                notes.add(where(file, i) + (torn ? ", the last one, was cut off" : " is not a run result")
                        + " and is left out");
            }
        }
        return new Runs(new ArrayList<>(latest.values()), notes);
    }

    private static String where(Path file, int index) {
        return file + ": line " + (index + 1);
    }

    /** The repetitions of each point, ascending; points in the order of {@link #all}. */
    public Collection<List<RunResult>> byPoint() {
        Map<Key, List<RunResult>> groups = new LinkedHashMap<>();
        all.forEach(run -> groups.computeIfAbsent(new Key(run.world(), run.point()), key -> new ArrayList<>())
                .add(run));
        return groups.values();
    }
}
