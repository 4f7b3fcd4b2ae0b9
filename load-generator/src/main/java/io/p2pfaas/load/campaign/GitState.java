package io.p2pfaas.load.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What git says of a folder.
 *
 * @param commit hash of the commit that is checked out
 * @param changed whether files differ from it
 */
record GitState(String commit, boolean changed) {
    private static final long PATIENCE_SECONDS = 5;

    /** Empty where there is no git, no repository, or no answer in time. */
    static Optional<GitState> of(Path folder) {
        Optional<String> commit = git(folder, "rev-parse", "HEAD").filter(text -> text.matches("[0-9a-f]{40,64}"));
        return commit.map(hash -> new GitState(
                hash,
                git(folder, "status", "--porcelain", "-uno")
                        .filter(String::isEmpty)
                        .isEmpty()));
    }

    private static Optional<String> git(Path folder, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("git", "-C", folder.toString());
        for (String argument : arguments) {
            builder.command().add(argument);
        }
        Process process = null;
        try {
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException ignored) {
            // No git here; provenance says so by its absence.
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
