package io.p2pfaas.node.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine, run as a user would. */
public final class Tool {
    private static final long PATIENCE_SECONDS = 30;

    private Tool() {}

    /** What a program said on both channels, and how it ended. */
    public record Ran(int exit, String said) {}

    /** Skips the calling test if a program or file is missing; with CI=true in the environment it fails instead. */
    public static void needOrSkip(String... programs) {
        List<String> missing =
                Arrays.stream(programs).filter(program -> !isThere(program)).toList();
        if (missing.isEmpty()) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("missing: " + missing + ", and CI=true forbids to skip");
        }
        Assumptions.abort("missing: " + missing);
    }

    private static boolean isThere(String program) {
        if (program.startsWith("/")) {
            return Files.exists(Path.of(program));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program to its end. */
    public static Ran run(Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end: " + said);
            }
            return new Ran(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /** Runs a program that must succeed; returns what it said. */
    public static String succeed(List<String> command) {
        Ran ran = run(Map.of(), command);
        if (ran.exit() != 0) {
            throw new IllegalStateException(command + " ended with " + ran.exit() + ": " + ran.said());
        }
        return ran.said();
    }

    /** A command from parts. */
    public static List<String> command(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
