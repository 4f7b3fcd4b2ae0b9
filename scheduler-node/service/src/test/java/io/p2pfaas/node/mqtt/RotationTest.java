package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RotationTest {
    private static final long LOOK = Rotation.LOOK_NANOS;
    private static final long PAUSE = 2_000;

    private boolean changed;
    private int looks;
    private int renewals;
    private final Rotation rotation = new Rotation(
            () -> {
                looks++;
                return changed;
            },
            () -> renewals++,
            PAUSE,
            bound -> bound / 2,
            0);

    @Test
    void files_are_looked_at_every_ten_seconds() {
        assertThat(rotation.onTime(0)).isEqualTo(LOOK);
        assertThat(looks).isZero();
        assertThat(rotation.onTime(LOOK - 1)).isEqualTo(1);
        assertThat(looks).isZero();
        assertThat(rotation.onTime(LOOK)).isEqualTo(LOOK);
        assertThat(looks).isEqualTo(1);
        assertThat(LOOK).isEqualTo(10_000_000_000L);
    }

    @Test
    void after_a_change_the_node_connects_anew_once_a_random_pause_is_over() {
        changed = true;
        assertThat(rotation.onTime(LOOK)).isEqualTo(PAUSE / 2);
        changed = false;
        assertThat(rotation.onTime(LOOK + PAUSE / 2 - 1)).isEqualTo(1);
        assertThat(renewals).isZero();

        assertThat(rotation.onTime(LOOK + PAUSE / 2)).isEqualTo(LOOK - PAUSE / 2);
        assertThat(renewals).isEqualTo(1);
        long ignored = rotation.onTime(2 * LOOK);
        assertThat(renewals).isEqualTo(1);
    }

    @Test
    void without_a_change_nothing_is_connected_anew() {
        for (int i = 1; i < 100; i++) {
            long ignored = rotation.onTime(i * LOOK);
        }

        assertThat(looks).isEqualTo(99);
        assertThat(renewals).isZero();
    }
}
