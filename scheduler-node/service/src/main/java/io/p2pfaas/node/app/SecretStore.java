package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.function.SecretDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets as files: {@code secrets/kept/NAME} for the node alone, and a copy in {@code secrets/of/FUNCTION/} for each
 * function that may read it, which its containers see. A secret that is replaced is replaced there too, while they run.
 * Whole or not at all, also when the power goes. Without a data folder all is in a temporary one, which goes with the
 * node.
 *
 * <p>The folder above all is for the node's user only; below it copies are readable for everybody, since it is not known
 * as which user a function runs.
 */
final class SecretStore implements SecretDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);
    private static final String NAMES = "1 to 64 characters of A-Z a-z 0-9 . _ - with a letter or digit at both ends";

    private static final String OURS = "rwx------";

    private final Path top;
    private final boolean temporary;
    private final Map<FunctionName, List<String>> readers = new HashMap<>();

    /** Below {@code data}, or in a temporary folder without it; there is none before there is a secret. */
    SecretStore(Optional<Path> data) {
        temporary = data.isEmpty();
        top = data.map(folder -> folder.toAbsolutePath().resolve("secrets"))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "p2pfaas-secrets-" + UUID.randomUUID()));
    }

    private void makeFolders() throws IOException {
        if (!Files.isDirectory(kept())) {
            if (temporary) {
                // Fails if somebody has made it: what is in it would not be ours alone.
                Files.createDirectory(top, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS)));
            } else {
                Files.createDirectories(top);
            }
            Files.createDirectories(kept());
        }
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString(OURS));
    }

    private Path kept() {
        return top.resolve("kept");
    }

    private Path of(FunctionName function) {
        return top.resolve("of").resolve(function.value());
    }

    @Override
    public synchronized List<String> names() {
        if (!Files.isDirectory(kept())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(FunctionJson::isSecretName)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether there is one of the name. */
    synchronized boolean has(String name) {
        return FunctionJson.isSecretName(name) && Files.exists(kept().resolve(name));
    }

    @Override
    public synchronized Optional<Refusal> create(String name, ByteBuffer value) {
        if (has(name)) {
            return Optional.of(new Refusal(409, 4, "the secret " + name + " is there already; PUT replaces it"));
        }
        return write(name, value);
    }

    @Override
    public synchronized Optional<Refusal> replace(String name, ByteBuffer value) {
        return has(name) ? write(name, value) : Optional.of(unknown(name));
    }

    private Optional<Refusal> write(String name, ByteBuffer value) {
        if (!FunctionJson.isSecretName(name)) {
            return Optional.of(Refusal.wrongInput("name is \"" + name + "\"; allowed is " + NAMES));
        }
        if (value.remaining() > MAX_VALUE_BYTES) {
            return Optional.of(Refusal.wrongInput(
                    "value has " + value.remaining() + " bytes; allowed are up to " + MAX_VALUE_BYTES));
        }
        try {
            makeFolders();
            write(kept().resolve(name), value, "rw-------");
            for (Map.Entry<FunctionName, List<String>> reader : readers.entrySet()) {
                if (reader.getValue().contains(name)) {
                    write(of(reader.getKey()).resolve(name), value, "r--r--r--");
                }
            }
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(failure(name, failed));
        }
    }

    /** Written beside all that anybody sees, then moved into its place. */
    private void write(Path file, ByteBuffer value, String permissions) throws IOException {
        Path fresh = top.resolve("fresh");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer rest = value.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized Optional<Refusal> remove(String name) {
        if (!has(name)) {
            return Optional.of(unknown(name));
        }
        try {
            Files.delete(kept().resolve(name));
            for (FunctionName reader : readers.keySet()) {
                Files.deleteIfExists(of(reader).resolve(name));
            }
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(failure(name, failed));
        }
    }

    /** Those of {@code names} that are not there. */
    synchronized List<String> missing(List<String> names) {
        return names.stream().filter(name -> !has(name)).toList();
    }

    /**
     * Lets a function read these secrets, and no others, from now on. What is missing is added when it is created.
     *
     * @return the folder with a file for each; empty if there are none to read
     */
    synchronized Optional<Path> grant(FunctionName function, List<String> names) throws IOException {
        if (names.isEmpty()) {
            revoke(function);
            return Optional.empty();
        }
        Path folder = open(function);
        readers.put(function, List.copyOf(names));
        for (Path file : files(folder)) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
        copy(names, function, folder);
        return Optional.of(folder);
    }

    /** Lets a function read these secrets too, beside those that it may read already. */
    synchronized void grantToo(FunctionName function, List<String> names) throws IOException {
        if (!names.isEmpty()) {
            Set<String> all = new LinkedHashSet<>(readers.getOrDefault(function, List.of()));
            all.addAll(names);
            readers.put(function, List.copyOf(all));
            copy(names, function, open(function));
        }
    }

    /** Whatever the mask of the process says: the function's user has to get in, and is not the node's. */
    private Path open(FunctionName function) throws IOException {
        makeFolders();
        Path folder = of(function);
        Files.createDirectories(folder);
        for (Path level : new Path[] {top.resolve("of"), folder}) {
            Files.setPosixFilePermissions(level, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    private void copy(List<String> names, FunctionName function, Path folder) throws IOException {
        for (String name : names) {
            Path file = kept().resolve(name);
            if (Files.exists(file)) {
                write(folder.resolve(name), ByteBuffer.wrap(Files.readAllBytes(file)), "r--r--r--");
            } else {
                LOG.warn("function={} may read the secret {}, which does not exist", function, name);
            }
        }
    }

    /** Where a function finds its secrets; the folder is there after {@link #grant}. Empty if it may read none. */
    Optional<Path> folderOf(FunctionDefinition definition) {
        return definition.secrets().isEmpty() ? Optional.empty() : Optional.of(of(definition.name()));
    }

    /** Takes all secrets away from a function. */
    synchronized void revoke(FunctionName function) {
        readers.remove(function);
        delete(of(function));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException ignored) {
            // There was nothing to take away.
        } catch (IOException failed) {
            LOG.error("copies of secrets could not be deleted: {}", failed.toString());
        }
    }

    private static Refusal unknown(String name) {
        String shown = FunctionJson.isSecretName(name) ? name : "of this name";
        return new Refusal(404, 3, "Not Found: there is no secret " + shown);
    }

    private static Refusal failure(String name, IOException failed) {
        return new Refusal(
                500,
                2,
                "DB Error: the secret " + name + " cannot be written: "
                        + failed.getClass().getSimpleName());
    }

    @Override
    public synchronized void close() {
        if (temporary) {
            delete(top);
        }
    }
}
