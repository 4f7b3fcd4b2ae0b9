package io.p2pfaas.core.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A target in a process of its own, as Jazzer wants it. Findings are written down and do not end the run; only an input
 * that never comes back does. System properties: {@code fuzz.targets} is a class that supplies the targets,
 * {@code fuzz.target} the name of one, {@code fuzz.parser} that of its only parser if not all are meant, {@code fuzz.out} the folder for all that is written.
 */
public final class FuzzRun {
    private static final long WRITE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final FuzzRun RUN = fromProperties();

    private final FuzzTarget target;
    private final FuzzBooks books;
    private long nextWriteNanos;

    private FuzzRun(FuzzTarget target, FuzzBooks books) {
        this.target = target;
        this.books = books;
        this.nextWriteNanos = System.nanoTime();
    }

    private static FuzzRun fromProperties() {
        FuzzTarget target = target(System.getProperty("fuzz.targets", ""), System.getProperty("fuzz.target", ""));
        String parser = System.getProperty("fuzz.parser", "");
        target = parser.isEmpty() ? target : target.only(parser);
        return new FuzzRun(target, new FuzzBooks(target, Path.of(System.getProperty("fuzz.out", "."))));
    }

    private static FuzzTarget target(String supplier, String name) {
        try {
            Object targets = Class.forName(supplier).getDeclaredConstructor().newInstance();
            for (Object target : (List<?>) ((Supplier<?>) targets).get()) {
                if (target instanceof FuzzTarget known && known.name().equals(name)) {
                    return known;
                }
            }
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalArgumentException("fuzz.targets is no supplier of targets: " + supplier, wrong);
        }
        throw new IllegalArgumentException("fuzz.target is '" + name + "', which " + supplier + " does not have");
    }

    /** Called by Jazzer: loads the parsers' classes, into which it weaves, before any input is timed. */
    public static void fuzzerInitialize() throws IOException {
        for (Path file : FuzzReplay.files(RUN.books.folder().resolve("corpus"))) {
            FuzzInput input = new FuzzInput(Files.readAllBytes(file));
            Trial.of(RUN.target.parserOf(input), RUN.target.contentOf(input));
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        RUN.take(new FuzzInput(bytes));
    }

    private void take(FuzzInput input) {
        Parser parser = target.parserOf(input);
        byte[] content = target.contentOf(input);
        try {
            books.enter(parser, content, Trial.of(parser, content));
            if (System.nanoTime() - nextWriteNanos > 0) {
                books.write();
                nextWriteNanos = System.nanoTime() + WRITE_EVERY_NANOS;
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /**
     * Before and after Jazzer: {@code SEEDS FOLDER} writes the corpus that a run begins with, without arguments all that a
     * run left is measured again.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            new FuzzReplay(RUN.target, Path.of(System.getProperty("fuzz.out", "."))).run();
            return;
        }
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        for (Seeds.Seed seed : Seeds.ofParsers(RUN.target, Path.of(arguments[0]))) {
            byte[] bytes = FuzzInput.plain(RUN.target.indexOf(seed.parser().name()), seed.content())
                    .bytes();
            Files.write(folder.resolve(seed.name().replace('/', '-')), bytes);
        }
    }
}
