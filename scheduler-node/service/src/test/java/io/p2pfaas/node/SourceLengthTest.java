package io.p2pfaas.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is longer than STYLE.md allows has a second task, which wants a name and a class of its own. All modules. */
final class SourceLengthTest {
    private static final int MAX_LINES = 400;
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Set<String> NO_SOURCES = Set.of("target", ".git", "node_modules");

    @TempDir
    Path planted;

    private static List<Path> mainSources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean isSkipped = NO_SOURCES.contains(folder.getFileName().toString());
                return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path name = root.relativize(file);
                boolean isMain = Collections.indexOfSubList(elements(name), elements(MAIN)) >= 0;
                if (isMain && name.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private static List<Path> elements(Path path) {
        List<Path> elements = new ArrayList<>();
        path.forEach(elements::add);
        return elements;
    }

    private static List<String> tooLong(Path root) throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : mainSources(root)) {
            int lines = Files.readAllLines(source).size();
            if (lines > MAX_LINES) {
                tooLong.add(source.getFileName() + " has " + lines + " lines");
            }
        }
        return tooLong;
    }

    @Test
    void no_class_of_main_code_is_longer_than_four_hundred_lines() throws IOException {
        Path repository = Path.of("../..").toRealPath();
        assertThat(mainSources(repository)).hasSizeGreaterThan(400);
        assertThat(tooLong(repository)).isEmpty();
    }

    @Test
    void one_that_is_longer_is_found_and_a_test_is_not() throws IOException {
        plant("a/src/main/java/x/Long.java", MAX_LINES + 1);
        plant("a/src/main/java/x/Fits.java", MAX_LINES);
        plant("a/src/main/resources/x/Long.java", MAX_LINES + 1);
        plant("src/test/java/x/LongTest.java", MAX_LINES + 1);
        plant("a/target/src/main/java/x/Generated.java", MAX_LINES + 1);

        assertThat(tooLong(planted)).containsExactly("Long.java has 401 lines");
    }

    private void plant(String name, int lines) throws IOException {
        Path file = planted.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, Collections.nCopies(lines, "//"));
    }
}
