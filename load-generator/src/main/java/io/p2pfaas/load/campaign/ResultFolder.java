package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of an experiment in one world. Readable at any moment, whatever happens to the lab:
 *
 * <ul>
 *   <li>{@code experiment.yaml}: a copy of the experiment, and copies of the files it names beside it
 *   <li>{@code provenance.json}: where the results come from
 *   <li>{@code runs.jsonl}: a line for each finished run
 *   <li>{@code calls/}: a file for each run with a line for each call, where they were asked for; {@code points.csv} has
 *       the settings of the points that file names count
 *   <li>{@code gates.txt}: what became of the gates
 * </ul>
 */
public final class ResultFolder implements Closeable {
    static final String EXPERIMENT = "experiment.yaml";
    static final String PROVENANCE = "provenance.json";
    static final String RUNS = "runs.jsonl";
    static final String CALLS = "calls";
    static final String GATES = "gates.txt";

    private final Path folder;
    private final List<Point> points;
    private final RunLines runs;
    private final List<RunResult> earlier;

    private ResultFolder(Path folder, List<Point> points, RunLines runs, List<RunResult> earlier) {
        this.folder = folder;
        this.points = points;
        this.runs = runs;
        this.earlier = List.copyOf(earlier);
    }

    /** The folder cannot be used for this; the message says why, and what to do. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * Opens a folder for writing.
     *
     * @param resume whether to go on with what is there; otherwise the folder must be new or empty
     * @param session of this process, see {@link Session}
     */
    public static ResultFolder open(
            Path folder, ExperimentFile file, RunResult.World world, boolean resume, Session session)
            throws IOException, Refused {
        Provenance fresh = Provenance.of(file, world);
        boolean begun = Files.exists(folder.resolve(EXPERIMENT));
        if (!resume && isUsed(folder)) {
            throw new Refused(
                    folder + " has results already; --resume goes on with them, --out chooses another folder");
        }
        if (begun) {
            checkSame(folder, file, fresh);
        } else if (resume && isUsed(folder)) {
            throw new Refused(folder + " has no " + EXPERIMENT + ": it is no folder of results");
        }
        Files.createDirectories(folder);
        RunLines runs = RunLines.append(folder.resolve(RUNS));
        try {
            // The provenance is written before the experiment, whose presence says that all is there.
            Provenance before = begun ? Provenance.parse(Files.readString(folder.resolve(PROVENANCE))) : fresh;
            replace(folder.resolve(PROVENANCE), before.with(session.facts()).json());
            if (!begun) {
                copy(folder, file);
            }
            List<Point> points = file.experiment().grid().points();
            List<RunResult> earlier = RunLines.read(folder.resolve(RUNS));
            checkPoints(folder, points, earlier);
            return new ResultFolder(folder, points, runs, earlier);
        } catch (IOException | Refused | RuntimeException problem) {
            runs.close();
            throw problem;
        }
    }

    /**
     * Who writes.
     *
     * @param commandLine as it was typed
     * @param version of the lab
     * @param experimentFolder whose git commit is noted
     */
    public record Session(List<String> commandLine, String version, Path experimentFolder, int threads) {
        public Session {
            commandLine = List.copyOf(commandLine);
        }

        Map<String, Object> facts() {
            return Provenance.session(commandLine, version, experimentFolder, threads);
        }
    }

    /** The runs of a folder that are finished, for readers; what was cut off is not there. */
    public static List<RunResult> runs(Path folder) throws IOException {
        return RunLines.read(folder.resolve(RUNS));
    }

    private static boolean isUsed(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            // An empty list of runs and a provenance are what a lab leaves that is killed before it began.
            return files.map(path -> path.getFileName().toString())
                    .anyMatch(name -> !name.equals(RUNS) && !name.equals(PROVENANCE) && !name.endsWith(".tmp"));
        }
    }

    private static void checkSame(Path folder, ExperimentFile file, Provenance now) throws IOException, Refused {
        Provenance then;
        String text;
        try {
            then = Provenance.parse(Files.readString(folder.resolve(PROVENANCE)));
            text = Files.readString(folder.resolve(EXPERIMENT));
        } catch (NoSuchFileException missing) {
            throw new Refused(missing.getFile() + " is missing: these results cannot be gone on with");
        } catch (IllegalArgumentException broken) {
            throw new Refused(folder.resolve(PROVENANCE) + ": " + broken.getMessage());
        }
        List<String> differences = new ArrayList<>();
        if (!then.world().equals(now.world())) {
            differences.add("the results are " + then.world() + ", asked for is " + now.world());
        }
        // Comments and layout may change; what the file says may not.
        Map<String, String> was = ExperimentFile.flat(text);
        Map<String, String> is = ExperimentFile.flat(file.text());
        Map<String, String> all = new LinkedHashMap<>(was);
        all.putAll(is);
        for (String key : all.keySet()) {
            String before = was.get(key);
            String after = is.get(key);
            if (before == null) {
                differences.add(key + " was not there, is '" + after + "'");
            } else if (after == null) {
                differences.add(key + " was '" + before + "', is not there");
            } else if (!before.equals(after)) {
                differences.add(key + " was '" + before + "', is '" + after + "'");
            }
        }
        now.inputs().forEach((name, hash) -> {
            if (!hash.equals(then.inputs().get(name))) {
                differences.add("the file " + name + " has changed");
            }
        });
        if (!differences.isEmpty()) {
            throw new Refused("the results in " + folder + " are of another experiment:\n  "
                    + String.join("\n  ", differences) + "\n--out chooses another folder");
        }
    }

    private static void checkPoints(Path folder, List<Point> points, List<RunResult> earlier) throws Refused {
        for (RunResult result : earlier) {
            if (!points.contains(new Point(result.point()))) {
                throw new Refused(folder.resolve(RUNS) + " has a run of " + new Point(result.point())
                        + ", which is no point of the experiment");
            }
        }
    }

    private static void copy(Path folder, ExperimentFile file) throws IOException {
        for (Map.Entry<String, String> input : file.inputs().entrySet()) {
            Path name = Path.of(input.getKey());
            if (!name.isAbsolute()) {
                Path target = folder.resolve(name);
                Path parent = target.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                replace(target, input.getValue());
            }
        }
        replace(folder.resolve(EXPERIMENT), file.text());
    }

    /** As a whole or not at all. */
    private static void replace(Path target, String text) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
        Files.writeString(fresh, text);
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where all this is. */
    public Path path() {
        return folder;
    }

    /** What was there when the folder was opened. */
    List<RunResult> earlier() {
        return earlier;
    }

    /** Keeps a result: on disk when this returns. Any thread. */
    void add(RunResult result) throws IOException {
        runs.add(result);
    }

    /** A file for the calls of a run; one that was cut off is begun anew. Any thread: runs may begin together. */
    synchronized CallLog calls(Point point, int repetition) throws IOException {
        Path calls = Files.createDirectories(folder.resolve(CALLS));
        Path index = calls.resolve("points.csv");
        if (!Files.exists(index)) {
            StringBuilder text = new StringBuilder("point,settings\n");
            for (int i = 0; i < points.size(); i++) {
                text.append(i + 1)
                        .append(",\"")
                        .append(points.get(i).toString().replace("\"", "\"\""))
                        .append("\"\n");
            }
            replace(index, text.toString());
        }
        return new CallLog(
                calls.resolve("point-" + (points.indexOf(point) + 1) + "-repetition-" + (repetition + 1) + ".csv"));
    }

    void gates(List<GateResult> gates) throws IOException {
        StringBuilder text = new StringBuilder();
        gates.forEach(gate -> text.append(gate).append('\n'));
        replace(folder.resolve(GATES), text.toString());
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
