package io.p2pfaas.load.fuzz;

import io.p2pfaas.core.fuzz.FuzzTarget;
import io.p2pfaas.core.fuzz.Regression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final int CHANGES = 5;

    static List<FuzzTarget> targets() {
        return new LabTargets().get();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void no_seed_and_no_change_of_one_harms_its_parser(FuzzTarget target) throws IOException {
        Regression.run(target, SEEDS, CHANGES);
    }
}
