package io.p2pfaas.node.config;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.policy.PolicyCatalogue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what was set at run time and kept in the data folder. It wins over all that is given at the start. */
final class KeptSettings {
    private final DataFolder folder;
    private final List<Problem> problems;

    KeptSettings(DataFolder folder, List<Problem> problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** Adds slots, queue and scheduler to what was given. */
    void addTo(GivenValues given, PolicyCatalogue policies) {
        read(DataFolder.CONFIGURATION, CapacityChange::read).ifPresent(change -> {
            String where = where(DataFolder.CONFIGURATION);
            change.slots().ifPresent(slots -> given.add(SettingsTable.SLOTS, kept(slots.toString(), where)));
            change.queueLength().ifPresent(length -> given.add(SettingsTable.QUEUE, kept(length.toString(), where)));
            change.queueEnabled()
                    .ifPresent(enabled -> given.add(SettingsTable.NO_QUEUE, kept(Boolean.toString(!enabled), where)));
        });
        read(DataFolder.SCHEDULER, json -> SchedulerDocument.read(json, policies))
                .ifPresent(document -> given.add(
                        SettingsTable.SCHEDULER, kept(document.spec().toString(), where(DataFolder.SCHEDULER))));
    }

    /** What the discovery's configuration was set to, on top of {@code start}. */
    MachineSettings machine(MachineSettings start) {
        return read(DataFolder.DISCOVERY, start::with).orElse(start);
    }

    /** The learner's parameters as they were set, on top of {@code start}. */
    LearnerParameters learner(LearnerParameters start) {
        return read(DataFolder.LEARNER, json -> LearnerText.readKept(start, json))
                .orElse(start);
    }

    private static Given kept(String text, String where) {
        return new Given(text, Source.KEPT, where);
    }

    private String where(String name) {
        return "file " + folder.file(name);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ByteBuffer json) throws DocumentRefused;
    }

    private <T> Optional<T> read(String name, Reader<T> reader) {
        Path file = folder.file(name);
        try {
            return Optional.of(reader.read(ByteBuffer.wrap(Files.readAllBytes(file))));
        } catch (NoSuchFileException ignored) {
            // Nothing was ever set at run time.
            return Optional.empty();
        } catch (IOException e) {
            String what = "cannot be read: " + e.getClass().getSimpleName();
            problems.add(new Problem("", where(name), what, "", ""));
        } catch (DocumentRefused refused) {
            problems.add(refused.asProblem(where(name)));
        }
        return Optional.empty();
    }
}
