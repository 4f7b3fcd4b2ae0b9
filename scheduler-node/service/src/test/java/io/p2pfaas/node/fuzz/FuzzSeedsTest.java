package io.p2pfaas.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.fuzz.FuzzTarget;
import io.p2pfaas.core.fuzz.Regression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final int CHANGES = 20;

    static List<FuzzTarget> targets() {
        return new NodeTargets().get();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void no_seed_and_no_change_of_one_harms_its_parser(FuzzTarget target) throws IOException {
        Regression.run(target, SEEDS, CHANGES);
    }

    @Test
    void every_folder_of_seeds_is_that_of_a_target() throws IOException {
        try (Stream<Path> folders = Files.list(SEEDS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            targets().stream().map(FuzzTarget::name).toList());
        }
    }
}
