package io.p2pfaas.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Functions that were deployed at run time, one readable file each: {@code functions/NAME.json} in the data folder. A file
 * that makes no sense is reported and left alone: it must not keep the node from starting.
 */
final class FunctionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionFiles.class);
    private static final String FOLDER = "functions";
    private static final String SUFFIX = ".json";
    private static final String CREATED = "createdAt";
    private static final String REPLICAS = "replicas";
    private static final String FUNCTION = "function";

    /**
     * A kept function.
     *
     * @param replicas as it was scaled to; empty = as its labels say
     */
    record Kept(FunctionDefinition definition, Instant createdAt, OptionalInt replicas) {}

    private final Optional<DataFolder> folder;

    FunctionFiles(Optional<Path> data) {
        folder = data.map(path -> new DataFolder(path.resolve(FOLDER)));
    }

    /** All functions that were kept, by name. */
    List<Kept> read() {
        List<Kept> kept = new ArrayList<>();
        for (Path file : files()) {
            try {
                Kept read = read(Files.readAllBytes(file));
                if (!file.getFileName().toString().equals(read.definition().name() + SUFFIX)) {
                    throw new IllegalArgumentException("it describes the function "
                            + read.definition().name() + ", which belongs into another file");
                }
                kept.add(read);
            } catch (IOException | IllegalArgumentException | DateTimeException wrong) {
                LOG.error("the function in {} is left out: {}", file, wrong.getMessage());
            }
        }
        return kept;
    }

    private List<Path> files() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get().path())) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException ignored) {
            // Nothing was ever deployed.
            return List.of();
        } catch (IOException failed) {
            LOG.error("functions that were deployed cannot be read: {}", failed.toString());
            return List.of();
        }
    }

    private static Kept read(byte[] bytes) {
        ObjectNode file = FunctionJson.object(ByteBuffer.wrap(bytes));
        JsonNode function = file.get(FUNCTION);
        if (function == null || !function.isObject()) {
            throw FunctionJson.wrong(FUNCTION, function, "the object that was deployed");
        }
        JsonNode replicas = file.get(REPLICAS);
        if (replicas != null && !(replicas.isInt() && replicas.intValue() >= 0)) {
            throw FunctionJson.wrong(REPLICAS, replicas, "a number of replicas");
        }
        return new Kept(
                FunctionJson.read(ByteBuffer.wrap(function.toString().getBytes(StandardCharsets.UTF_8))),
                Instant.parse(FunctionJson.text(file, CREATED, "")),
                replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas.intValue()));
    }

    /** Keeps a function; without a data folder nothing is kept. */
    void write(Kept kept) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        ObjectNode function = FunctionJson.tree(kept.definition());
        ObjectNode file = function.objectNode();
        file.put(CREATED, kept.createdAt().toString());
        kept.replicas().ifPresent(replicas -> file.put(REPLICAS, replicas));
        file.set(FUNCTION, function);
        folder.get().write(kept.definition().name() + SUFFIX, file.toPrettyString() + "\n");
    }

    /** Whether a function is kept. */
    boolean has(FunctionName name) {
        return folder.isPresent() && Files.exists(folder.get().file(name + SUFFIX));
    }

    /** Forgets a function. */
    void remove(FunctionName name) throws IOException {
        if (folder.isPresent()) {
            Files.deleteIfExists(folder.get().file(name + SUFFIX));
        }
    }
}
