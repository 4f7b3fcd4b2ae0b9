package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.runtime.docker.Idleness.Fate;
import io.p2pfaas.node.runtime.docker.Replica.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IdlenessTest {
    private static final long SINCE = 1_000;
    private static final long PAUSE = SINCE + 10;
    private static final long END = SINCE + 60;

    private final Idleness idleness = of(10);

    private static Idleness of(long pauseAfterNanos) {
        return new Idleness(new PoolRules(0, 4, false, 1, pauseAfterNanos, 60, 30));
    }

    private static Replica idle(State state) {
        Replica replica = new Replica(1);
        replica.state = state;
        replica.idleSinceNanos = SINCE;
        return replica;
    }

    @Test
    void a_warm_one_is_paused_first() {
        Replica warm = idle(State.READY);

        assertThat(idleness.fate(warm, true, PAUSE - 1)).isEqualTo(Fate.STAYS);
        assertThat(idleness.nextNanos(warm, true)).isEqualTo(PAUSE);
        assertThat(idleness.fate(warm, true, PAUSE)).isEqualTo(Fate.IS_PAUSED);
        assertThat(idleness.fate(warm, false, END)).isEqualTo(Fate.IS_PAUSED);
    }

    @Test
    void a_paused_one_is_ended_if_it_is_not_wanted() {
        Replica paused = idle(State.PAUSED);

        assertThat(idleness.fate(paused, true, END - 1)).isEqualTo(Fate.STAYS);
        assertThat(idleness.nextNanos(paused, true)).isEqualTo(END);
        assertThat(idleness.fate(paused, true, END)).isEqualTo(Fate.IS_ENDED);
    }

    @Test
    void a_paused_one_that_is_wanted_stays_for_ever() {
        Replica paused = idle(State.PAUSED);

        assertThat(idleness.fate(paused, false, Long.MAX_VALUE)).isEqualTo(Fate.STAYS);
        assertThat(idleness.nextNanos(paused, false)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void without_pauses_a_warm_one_is_ended_in_its_time() {
        Idleness never = of(0);
        Replica warm = idle(State.READY);

        assertThat(never.fate(warm, true, END - 1)).isEqualTo(Fate.STAYS);
        assertThat(never.nextNanos(warm, true)).isEqualTo(END);
        assertThat(never.fate(warm, true, END)).isEqualTo(Fate.IS_ENDED);
        assertThat(never.nextNanos(warm, false)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"READY", "PAUSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatever_is_on_its_way_is_left_alone(State state) {
        assertThat(idleness.fate(idle(state), true, Long.MAX_VALUE)).isEqualTo(Fate.STAYS);
        assertThat(idleness.nextNanos(idle(state), true)).isEqualTo(Long.MAX_VALUE);
    }
}
