package io.p2pfaas.load.report.export;

import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which file of a result folder has the calls of a run: {@code calls/points.csv} numbers the points. */
final class StoredCalls {
    private static final String INDEX = "points.csv";

    private final Path folder;
    private final Map<String, String> numbers;

    private StoredCalls(Path folder, Map<String, String> numbers) {
        this.folder = folder;
        this.numbers = numbers;
    }

    /**
     * Reads the index.
     *
     * @throws IOException if there is none, as where calls were not kept; the message says how to keep them
     */
    static StoredCalls of(Path results) throws IOException {
        Path folder = results.resolve("calls");
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            throw new IOException(index + " is missing: the calls were not kept. Simulated runs keep them with --calls,"
                    + " live ones without --no-calls");
        }
        Map<String, String> numbers = new HashMap<>();
        List<String> lines = Files.readAllLines(index, StandardCharsets.UTF_8);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int comma = line.indexOf(',');
            if (comma > 0 && line.length() > comma + 2) {
                String settings = line.substring(comma + 2, line.length() - 1).replace("\"\"", "\"");
                numbers.put(settings, line.substring(0, comma));
            }
        }
        return new StoredCalls(folder, numbers);
    }

    /** The file, whether it is there or not. */
    Path of(RunResult run) {
        String number = numbers.getOrDefault(new Point(run.point()).toString(), "unknown");
        return folder.resolve("point-" + number + "-repetition-" + (run.repetition() + 1) + ".csv");
    }
}
