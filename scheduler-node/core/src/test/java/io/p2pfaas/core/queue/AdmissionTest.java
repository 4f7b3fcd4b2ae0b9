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
        Admission<String> admission = new Admission<>(2, 1, call -> 0);
        assertThat(admission.tryStart("x")).isTrue();
        assertThat(admission.tryStart("x")).isTrue();
        assertThat(admission.tryStart("x")).isFalse();
    }

    @Test
    void no_more_wait_than_there_are_places() {
        Admission<String> admission = new Admission<>(1, 1, call -> 0);
        assertThat(admission.tryQueue("a")).isTrue();
        assertThat(admission.tryQueue("b")).isFalse();
        assertThat(new Admission<String>(1, 0, call -> 0).tryQueue("a")).isFalse();
    }

    @Test
    void nobody_overtakes_who_waits() {
        Admission<String> admission = new Admission<>(1, 2, call -> 0);
        admission.tryQueue("a");
        admission.tryQueue("b");

        assertThat(admission.tryStart("x")).isFalse();
        assertThat(admission.startNext()).isEqualTo("a");
        assertThat(admission.startNext()).isNull();
        admission.release("x");
        assertThat(admission.startNext()).isEqualTo("b");
    }

    @Test
    void who_leaves_the_queue_is_not_started() {
        Admission<String> admission = new Admission<>(1, 2, call -> 0);
        admission.tryQueue("a");
        assertThat(admission.leaveQueue("a")).isTrue();
        assertThat(admission.leaveQueue("a")).isFalse();
        assertThat(admission.startNext()).isNull();
    }

    @Test
    void a_slot_that_nobody_has_cannot_be_given_back() {
        assertThatIllegalStateException().isThrownBy(() -> new Admission<String>(1, 0, call -> 0).release("x"));
    }

    @Test
    void fewer_slots_take_effect_as_running_ones_end() {
        Admission<String> admission = new Admission<>(2, 1, call -> 0);
        admission.tryStart("x");
        admission.tryStart("x");
        admission.tryQueue("a");
        admission.resize(1, 0);

        admission.release("x");
        assertThat(admission.startNext()).isNull();
        admission.release("x");
        assertThat(admission.startNext()).isEqualTo("a");
        assertThat(admission.load()).isEqualTo(new Load(1, 1, 0, 0));
    }

    @Test
    void impossible_bounds_are_refused_and_change_nothing() {
        Admission<String> admission = new Admission<>(1, 1, call -> 0);
        assertThatIllegalArgumentException().isThrownBy(() -> admission.resize(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> admission.resize(5, -1));
        assertThat(admission.load()).isEqualTo(new Load(0, 1, 0, 1));
    }

    @Property
    void bounds_hold_in_any_order_of_events(@ForAll List<@IntRange(max = 3) Integer> steps) {
        Admission<Integer> admission = new Admission<>(2, 2, call -> 0);
        int tickets = 0;
        for (int step : steps) {
            switch (step) {
                case 0 -> admission.tryStart(0);
                case 1 -> admission.tryQueue(tickets++);
                case 2 -> admission.startNext();
                default -> {
                    if (admission.load().running() > 0) {
                        admission.release(0);
                    }
                }
            }
            assertThat(admission.load().running()).isBetween(0, 2);
            assertThat(admission.load().queued()).isBetween(0, 2);
        }
    }

    @Test
    void a_lent_one_keeps_its_place_and_comes_back_first() {
        Admission<String> admission = new Admission<>(1, 2, call -> 0);
        assertThat(admission.tryStart("x")).isTrue();
        assertThat(admission.tryQueue("a") && admission.tryQueue("b")).isTrue();
        assertThat(admission.lendFirst("c"::equals)).isNull();
        assertThat(admission.lendFirst(any -> true)).isEqualTo("a");
        assertThat(admission.tryQueue("c")).as("its place is kept").isFalse();
        assertThat(admission.load().queued()).isEqualTo(2);
        assertThat(admission.queued(0)).isEqualTo(2);
        assertThat(admission.takeBack("a")).isTrue();
        assertThat(admission.takeBack("a")).as("once").isFalse();
        admission.release("x");
        assertThat(admission.tryStart("x")).as("before those that wait").isFalse();
        assertThat(admission.startNext()).isEqualTo("a");
        admission.release("x");
        assertThat(admission.startNext()).isEqualTo("b");
    }

    @Test
    void a_lent_one_that_is_given_up_leaves_its_place_and_is_never_started() {
        Admission<String> admission = new Admission<>(1, 1, call -> 0);
        assertThat(admission.tryStart("x") && admission.tryQueue("a")).isTrue();
        assertThat(admission.giveUp("a")).as("it waits").isFalse();
        assertThat(admission.lendFirst("a"::equals)).isEqualTo("a");
        admission.release("x");
        assertThat(admission.startNext()).isNull();
        assertThat(admission.giveUp("a")).isTrue();
        assertThat(admission.takeBack("a")).isFalse();
        assertThat(admission.load().total()).isZero();
        assertThat(admission.queued(0)).isZero();
    }

    void what_runs_and_what_waits_is_counted_by_task_type() {
        Admission<Integer> admission = new Admission<>(2, 2, call -> call % 10);
        admission.tryStart(11);
        admission.tryStart(22);
        admission.tryQueue(31);
        admission.tryQueue(42);
        counted(admission, 1, 1, 1, 1);
        admission.release(22);
        admission.startNext();
        counted(admission, 2, 0, 0, 1);
        admission.leaveQueue(42);
        counted(admission, 2, 0, 0, 0);
        assertThatIllegalStateException().isThrownBy(() -> admission.release(22));
        admission.release(11);
        admission.release(31);
        counted(admission, 0, 0, 0, 0);
    }

    @Test
    void types_beyond_those_that_are_told_apart_count_as_0() {
        Admission<Integer> admission = new Admission<>(1, 0, call -> call);
        admission.tryStart(Integer.MAX_VALUE);
        assertThat(admission.running(0)).isEqualTo(1);
        admission.release(Integer.MAX_VALUE);
        assertThat(admission.running(0)).isZero();
    }

    private static void counted(Admission<Integer> admission, int running1, int queued1, int running2, int queued2) {
        assertThat(admission.running(1)).isEqualTo(running1);
        assertThat(admission.running(2)).isEqualTo(running2);
        assertThat(admission.queued(1)).isEqualTo(queued1);
        assertThat(admission.queued(2)).isEqualTo(queued2);
    }
}
