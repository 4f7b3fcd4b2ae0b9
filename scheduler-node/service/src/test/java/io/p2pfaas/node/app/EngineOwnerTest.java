package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineOwnerTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void a_name_is_had_by_one_at_a_time_and_again_after_that() {
        EngineOwner first = EngineOwner.of("p2pfaas/n1", folder);
        EngineOwner second = EngineOwner.of("p2pfaas/n1", folder);
        EngineOwner other = EngineOwner.of("p2pfaas/n2", folder);

        assertThat(first.name()).isEqualTo("p2pfaas/n1");
        assertThat(second.name()).startsWith("p2pfaas/n1/").isNotEqualTo("p2pfaas/n1");
        assertThat(other.name()).isEqualTo("p2pfaas/n2");
        second.close();
        first.close();
        try (EngineOwner next = EngineOwner.of("p2pfaas/n1", folder)) {
            assertThat(next.name()).isEqualTo("p2pfaas/n1");
        }
        other.close();
    }
}
