package io.p2pfaas.load.live.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.live.ledger.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which faults a seed stands for. */
final class FaultDrawTest {
    private static ChaosPlan plan(long seed, Set<Fault> faults) {
        return new ChaosPlan(
                3,
                4,
                4,
                0.7,
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofMinutes(10),
                seed,
                faults,
                false);
    }

    @Test
    void the_same_seed_gives_the_same_faults_and_another_one_others() {
        Set<Fault> all = EnumSet.allOf(Fault.class);
        assertThat(FaultDraw.draw(plan(1, all)))
                .isEqualTo(FaultDraw.draw(plan(1, all)))
                .isNotEqualTo(FaultDraw.draw(plan(2, all)));
    }

    @Test
    void the_first_node_is_never_killed_or_restarted() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(FaultDraw.draw(plan(seed, EnumSet.of(Fault.KILL, Fault.RESTART))))
                    .isNotEmpty()
                    .extracting(FaultDraw.Blow::target)
                    .containsOnly("n2", "n3");
        }
    }

    @Test
    void every_kind_comes_before_one_comes_again() {
        Set<Fault> made = EnumSet.of(Fault.KILL, Fault.STOP, Fault.RESTART, Fault.BROKER_KILL, Fault.BROKER_FREEZE);
        List<FaultDraw.Blow> blows = FaultDraw.draw(plan(3, made));
        assertThat(blows.subList(0, 5)).extracting(FaultDraw.Blow::fault).containsExactlyInAnyOrderElementsOf(made);
        assertThat(blows.subList(5, 10)).extracting(FaultDraw.Blow::fault).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void without_faults_nothing_is_broken() {
        assertThat(FaultDraw.draw(plan(1, Set.of()))).isEmpty();
        assertThat(FaultDraw.draw(plan(1, Set.of(Fault.FUNCTION)))).isEmpty();
    }

    @Test
    void a_plan_says_what_is_wrong_with_it() {
        assertThatThrownBy(() -> new ChaosPlan(
                        1,
                        4,
                        4,
                        0.7,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Duration.ofMinutes(10),
                        1,
                        Set.of(),
                        false))
                .hasMessageContaining("nodes must be 2 to 64");
    }

    @Test
    void an_instruction_survives_the_way() {
        Instruction instruction = new Instruction("c17", Instruction.Deed.CRASH, 120);
        assertThat(Instruction.parse(instruction.text())).isEqualTo(instruction);
        assertThatThrownBy(() -> Instruction.parse("hello")).hasMessageContaining("'hello'");
    }

    @Test
    void a_call_takes_the_mean_time_on_average() {
        CallMix mix = new CallMix(Duration.ofMillis(100), Duration.ofSeconds(5), false);
        double mean = IntStream.range(0, 1100)
                .map(number -> mix.instruction("a", 0, number).millis())
                .average()
                .orElse(0);
        assertThat(mean).isEqualTo(100);
        assertThat(mix.meanSeconds()).isEqualTo(0.1);
    }

    @Test
    void vitals_are_flat_within_five_percent_or_a_floor() {
        Vitals before = new Vitals(200 << 20, 100, 200, 20);
        assertThat(new Vitals(209 << 20, 105, 210, 20).isFlatSince(before)).isTrue();
        assertThat(new Vitals(211 << 20, 100, 200, 20).isFlatSince(before)).isFalse();
        assertThat(new Vitals(200 << 20, 106, 200, 20).isFlatSince(before)).isFalse();
        assertThat(new Vitals(200 << 20, 100, 211, 20).isFlatSince(before)).isFalse();
        assertThat(new Vitals(200 << 20, 100, 200, 37).isFlatSince(before)).isFalse();
        assertThat(new Vitals(14 << 20, 24, 34, 20).isFlatSince(new Vitals(10 << 20, 20, 30, 20)))
                .as("small numbers")
                .isTrue();
    }

    @Test
    void connections_are_what_the_kernel_calls_established() {
        List<String> table = List.of(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:46A0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 701 1 0",
                "   1: 0100007F:46A0 0100007F:D5C2 01 00000000:00000000 00:00000000 00000000     0        0 702 1 0",
                "   2: 0100007F:46A0 0100007F:D5C4 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0");

        assertThat(Vitals.established(table)).containsExactly("702");
    }
}
