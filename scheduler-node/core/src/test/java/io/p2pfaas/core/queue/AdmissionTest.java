package io.p2pfaas.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.p2pfaas.core.model.Load;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    @Test
    void no_more_start_than_there_are_slots() {
        Admission<String> admission = new Admission<>(2, 1);
        assertThat(admission.tryStart()).isTrue();
        assertThat(admission.tryStart()).isTrue();
        assertThat(admission.tryStart()).isFalse();
    }

    @Test
    void no_more_wait_than_there_are_places() {
        Admission<String> admission = new Admission<>(1, 1);
        assertThat(admission.tryQueue("a")).isTrue();
        assertThat(admission.tryQueue("b")).isFalse();
        assertThat(new Admission<String>(1, 0).tryQueue("a")).isFalse();
    }

    @Test
    void nobody_overtakes_who_waits() {
        Admission<String> admission = new Admission<>(1, 2);
        admission.tryQueue("a");
        admission.tryQueue("b");

        assertThat(admission.tryStart()).isFalse();
        assertThat(admission.startNext()).isEqualTo("a");
        assertThat(admission.startNext()).isNull();
        admission.release();
        assertThat(admission.startNext()).isEqualTo("b");
    }

    @Test
    void who_leaves_the_queue_is_not_started() {
        Admission<String> admission = new Admission<>(1, 2);
        admission.tryQueue("a");
        assertThat(admission.leaveQueue("a")).isTrue();
        assertThat(admission.leaveQueue("a")).isFalse();
        assertThat(admission.startNext()).isNull();
    }

    @Test
    void a_slot_that_nobody_has_cannot_be_given_back() {
        assertThatIllegalStateException().isThrownBy(() -> new Admission<String>(1, 0).release());
    }

    @Test
    void fewer_slots_take_effect_as_running_ones_end() {
        Admission<String> admission = new Admission<>(2, 1);
        admission.tryStart();
        admission.tryStart();
        admission.tryQueue("a");
        admission.resize(1, 0);

        admission.release();
        assertThat(admission.startNext()).isNull();
        admission.release();
        assertThat(admission.startNext()).isEqualTo("a");
        assertThat(admission.load()).isEqualTo(new Load(1, 1, 0, 0));
    }

    @Test
    void impossible_bounds_are_refused_and_change_nothing() {
        Admission<String> admission = new Admission<>(1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> admission.resize(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> admission.resize(5, -1));
        assertThat(admission.load()).isEqualTo(new Load(0, 1, 0, 1));
    }

    @Property
    void bounds_hold_in_any_order_of_events(@ForAll List<@IntRange(max = 3) Integer> steps) {
        Admission<Integer> admission = new Admission<>(2, 2);
        int tickets = 0;
        for (int step : steps) {
            switch (step) {
                case 0 -> admission.tryStart();
                case 1 -> admission.tryQueue(tickets++);
                case 2 -> admission.startNext();
                default -> {
                    if (admission.load().running() > 0) {
                        admission.release();
                    }
                }
            }
            assertThat(admission.load().running()).isBetween(0, 2);
            assertThat(admission.load().queued()).isBetween(0, 2);
        }
    }

    @Test
    void a_lent_one_keeps_its_place_and_comes_back_first() {
        Admission<String> admission = new Admission<>(1, 2);
        assertThat(admission.tryStart()).isTrue();
        assertThat(admission.tryQueue("a") && admission.tryQueue("b")).isTrue();
        assertThat(admission.lendFirst("c"::equals)).isNull();
        assertThat(admission.lendFirst(any -> true)).isEqualTo("a");
        assertThat(admission.tryQueue("c")).as("its place is kept").isFalse();
        assertThat(admission.load().queued()).isEqualTo(2);
        assertThat(admission.takeBack("a")).isTrue();
        assertThat(admission.takeBack("a")).as("once").isFalse();
        admission.release();
        assertThat(admission.tryStart()).as("before those that wait").isFalse();
        assertThat(admission.startNext()).isEqualTo("a");
        admission.release();
        assertThat(admission.startNext()).isEqualTo("b");
    }

    @Test
    void a_lent_one_that_is_given_up_leaves_its_place_and_is_never_started() {
        Admission<String> admission = new Admission<>(1, 1);
        assertThat(admission.tryStart() && admission.tryQueue("a")).isTrue();
        assertThat(admission.giveUp("a")).as("it waits").isFalse();
        assertThat(admission.lendFirst("a"::equals)).isEqualTo("a");
        admission.release();
        assertThat(admission.startNext()).isNull();
        assertThat(admission.giveUp("a")).isTrue();
        assertThat(admission.takeBack("a")).isFalse();
        assertThat(admission.load().total()).isZero();
    }
}
