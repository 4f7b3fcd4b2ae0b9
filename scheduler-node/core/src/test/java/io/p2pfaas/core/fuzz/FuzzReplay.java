package io.p2pfaas.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the inputs that a run left once more, without Jazzer: what it weaves into classes takes time and memory too.
 * Findings that only it is to blame for are renamed; {@code plain.tsv} has what the costliest inputs of each parser cost.
 */
final class FuzzReplay {
    private static final String UNCONFIRMED = ".unconfirmed";

    private final FuzzTarget target;
    private final Path folder;
    private final Map<String, long[]> costs = new LinkedHashMap<>();

    FuzzReplay(FuzzTarget target, Path folder) {
        this.target = target;
        this.folder = folder;
        target.parsers().forEach(parser -> costs.put(parser.name(), new long[2]));
    }

    void run() throws IOException {
        for (Path file : files(folder.resolve("corpus"))) {
            FuzzInput input = new FuzzInput(Files.readAllBytes(file));
            measure(target.parserOf(input), target.contentOf(input));
        }
        for (Path file : files(folder.resolve("costly"))) {
            measure(parserOf(file), Files.readAllBytes(file));
        }
        for (Path file : files(folder.resolve("findings"))) {
            String name = String.valueOf(file.getFileName());
            if (!name.endsWith(".txt") && !name.endsWith(UNCONFIRMED)) {
                confirm(file, measure(parserOf(file), Files.readAllBytes(file)));
            }
        }
        String lines = costs.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue()[0] + "\t" + entry.getValue()[1] + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("plain.tsv"), lines);
    }

    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Files are called PARSER-WORD. */
    private Parser parserOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return target.parsers().get(target.indexOf(name.substring(0, name.lastIndexOf('-'))));
    }

    private Trial measure(Parser parser, byte[] content) {
        Trial trial = Trial.of(parser, content);
        long[] cost = costs.getOrDefault(parser.name(), new long[2]);
        cost[0] = Math.max(cost[0], trial.cpuNanos());
        cost[1] = Math.max(cost[1], trial.allocatedBytes());
        return trial;
    }

    private void confirm(Path finding, Trial trial) throws IOException {
        if (trial.failure() == null) {
            Path renamed = finding.resolveSibling(finding.getFileName() + UNCONFIRMED);
            Files.move(finding, renamed, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
