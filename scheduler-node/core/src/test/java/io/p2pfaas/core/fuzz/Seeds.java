package io.p2pfaas.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that are kept: {@code TARGET/PARSER/NAME}, each as the parser is given it. */
public final class Seeds {
    private Seeds() {}

    /** One of them. */
    public record Seed(String name, Parser parser, Path file) {
        /** As the parser is given it. */
        public byte[] content() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    /** All of a target, in the order of their names; a folder that is none of its parsers' is a mistake. */
    public static List<Seed> of(FuzzTarget target, Path folder) throws IOException {
        return of(target, sorted(folder.resolve(target.name())));
    }

    /** Those of all parsers that the target has. */
    static List<Seed> ofParsers(FuzzTarget target, Path folder) throws IOException {
        Path seeds = folder.resolve(target.name());
        return of(
                target,
                target.parsers().stream()
                        .map(parser -> seeds.resolve(parser.name()))
                        .toList());
    }

    private static List<Seed> of(FuzzTarget target, List<Path> folders) throws IOException {
        List<Seed> seeds = new ArrayList<>();
        for (Path parser : folders) {
            String name = String.valueOf(parser.getFileName());
            Parser reader = target.parsers().get(target.indexOf(name));
            for (Path seed : sorted(parser)) {
                seeds.add(new Seed(target.name() + "/" + name + "/" + seed.getFileName(), reader, seed));
            }
        }
        return seeds;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
