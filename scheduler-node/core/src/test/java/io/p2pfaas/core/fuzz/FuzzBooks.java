package io.p2pfaas.core.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the inputs: {@code stats.tsv} with a line for each parser, the costliest inputs of each, and the
 * findings, one of each kind.
 */
final class FuzzBooks {
    private static final int MAX_FINDINGS = 100;
    private static final String OURS = "io.p2pfaas.";
    private static final String HARNESS = FuzzBooks.class.getPackageName();

    /** What is known of one parser. */
    private static final class Page {
        private long executions;
        private long taken;
        private long cpuNanos;
        private long slowestNanos;
        private long largestBytes;
        private byte[] slowest = {};
        private byte[] largest = {};
        private boolean changed;

        private String line(String name, long findings) {
            return String.join(
                    "\t",
                    name,
                    Long.toString(executions),
                    Long.toString(taken),
                    Long.toString(cpuNanos),
                    Long.toString(slowestNanos),
                    Long.toString(largestBytes),
                    Long.toString(findings));
        }
    }

    private final Path folder;
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Set<String> findings = new LinkedHashSet<>();

    FuzzBooks(FuzzTarget target, Path folder) {
        this.folder = folder;
        target.parsers().forEach(parser -> pages.put(parser.name(), new Page()));
    }

    Path folder() {
        return folder;
    }

    void enter(Parser parser, byte[] content, Trial trial) throws IOException {
        Page page = pages.get(parser.name());
        if (page == null) {
            throw new IllegalArgumentException("no parser of this target: " + parser.name());
        }
        page.executions++;
        page.taken += trial.taken() ? 1 : 0;
        page.cpuNanos += trial.cpuNanos();
        if (trial.cpuNanos() > page.slowestNanos) {
            page.slowestNanos = trial.cpuNanos();
            page.slowest = content;
            page.changed = true;
        }
        if (trial.allocatedBytes() > page.largestBytes) {
            page.largestBytes = trial.allocatedBytes();
            page.largest = content;
            page.changed = true;
        }
        Throwable failure = trial.failure();
        if (failure != null && findings.size() < MAX_FINDINGS && findings.add(parser.name() + " " + kind(failure))) {
            write(parser, content, failure);
        }
    }

    /** Two inputs that fail with the same exception at the same place of ours are one finding. */
    private static String kind(Throwable failure) {
        String place = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS)
                        && !frame.getClassName().startsWith(HARNESS))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName())
                .orElse("");
        String what = failure instanceof AssertionError || failure instanceof Trial.TooCostly
                ? " " + String.valueOf(failure.getMessage()).replaceAll("\\d+", "N")
                : "";
        return failure.getClass().getName() + what + place;
    }

    private void write(Parser parser, byte[] content, Throwable failure) throws IOException {
        Path findingsFolder = Files.createDirectories(folder.resolve("findings"));
        String name = parser.name() + "-" + findings.size();
        Files.write(findingsFolder.resolve(name), content);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        Files.writeString(findingsFolder.resolve(name + ".txt"), kind(failure) + "\n" + trace);
        write();
    }

    void write() throws IOException {
        String lines = pages.entrySet().stream()
                .map(page -> page.getValue().line(page.getKey(), findingsOf(page.getKey())) + "\n")
                .collect(Collectors.joining());
        Path unfinished = folder.resolve("stats.new");
        Files.writeString(unfinished, lines);
        Files.move(unfinished, folder.resolve("stats.tsv"), StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<String, Page> page : pages.entrySet()) {
            if (page.getValue().changed) {
                Path costly = Files.createDirectories(folder.resolve("costly"));
                Files.write(costly.resolve(page.getKey() + "-slowest"), page.getValue().slowest);
                Files.write(costly.resolve(page.getKey() + "-largest"), page.getValue().largest);
                page.getValue().changed = false;
            }
        }
    }

    private long findingsOf(String parser) {
        return findings.stream().filter(kind -> kind.startsWith(parser + " ")).count();
    }
}
