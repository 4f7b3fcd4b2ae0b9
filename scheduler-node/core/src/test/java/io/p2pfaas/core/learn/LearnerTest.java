package io.p2pfaas.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnerTest {
    private static final State IDLE = State.of(0, 0, 0);

    @Test
    void epsilon_is_told_as_it_was_used_and_ends_just_below_its_minimum() {
        Learner learner = new Learner(LearnerSettings.DEFAULT, Lessons.chance());
        assertThat(learner.act(IDLE).epsilon()).isEqualTo(0.9);
        assertThat(learner.act(IDLE).epsilon()).isCloseTo(0.891, within(1e-12));
        for (int i = 0; i < 1000; i++) {
            learner.act(IDLE);
        }
        assertThat(learner.stats().epsilon()).isCloseTo(0.0996, within(5e-5));
        assertThat(learner.stats().inferences()).isEqualTo(1002);
    }

    @Test
    void without_decay_epsilon_stays() {
        Learner learner = Lessons.learner(false, "epsilon_decay_enabled=false epsilon_start=0.5");
        learner.act(IDLE);
        assertThat(learner.act(IDLE).epsilon()).isEqualTo(0.5);
    }

    @Test
    void an_unknown_state_has_the_first_action() {
        Learner learner = Lessons.learner(false, "epsilon_start=0 actions_n=5");
        for (int i = 0; i < 20; i++) {
            assertThat(learner.act(State.of(i)).action()).isZero();
        }
        assertThat(learner.stats().states()).isZero();
    }

    @Test
    void the_best_action_is_chosen_but_for_epsilon() {
        Learner learner =
                Lessons.learner(false, "epsilon_start=0.3 epsilon_decay_enabled=false actions_n=3 window_size=2");
        learner.train(Lessons.entry(1, 2, 1, 0, 0, 0));
        learner.train(Lessons.entry(2, 2, 1, 0, 0, 0));
        int[] chosen = new int[3];
        for (int i = 0; i < 3000; i++) {
            chosen[learner.act(IDLE).action()]++;
        }
        assertThat(chosen[0]).isBetween(240, 360);
        assertThat(chosen[1]).isBetween(240, 360);
        assertThat(chosen[2]).isBetween(2280, 2520);
    }

    @Test
    void a_hopeless_action_is_avoided_after_a_while() {
        Learner learner = Lessons.learner(false, "actions_n=3 alpha=0.1 beta=0.05 epsilon_min=0.05");
        int[] early = new int[3];
        int[] late = new int[3];
        for (int eid = 1; eid <= 4000; eid++) {
            State state = State.of(0, eid % 3, 0);
            Choice choice = learner.choose(eid, state);
            (eid <= 200 ? early : late)[choice.action()]++;
            // Here is good three times in four, probing always, rejecting never.
            double reward = choice.action() == 2 || (choice.action() == 1 && eid % 4 != 0) ? 1 : 0;
            learner.train(new Experience(eid, state, choice.action(), reward));
        }
        assertThat(early[0]).isGreaterThan(20);
        assertThat(late[0]).isLessThan(3800 / 20);
        assertThat(late[2]).isGreaterThan(3800 * 8 / 10);
    }

    @Test
    void some_parameters_are_in_force_at_once_and_some_after_a_reset() {
        Learner learner =
                Lessons.learner(true, "actions_n=2 window_size=5 epsilon_start=1 epsilon_decay_enabled=false");
        learner.change(LearnerParameters.parse("actions_n=9 window_size=2 epsilon_start=0.25"));
        assertThat(Lessons.teach(learner, 1, 2).stats().trainedItems()).isEqualTo(2);
        assertThat(learner.act(IDLE).epsilon()).isEqualTo(1);
        assertThat(learner.train(Lessons.entry(3, 8, 1, 0))).isEqualTo(Verdict.NO_SUCH_ACTION);
        learner.reset();
        assertThat(learner.act(IDLE).epsilon()).isEqualTo(0.25);
        assertThat(learner.train(Lessons.entry(3, 8, 1, 0))).isEqualTo(Verdict.TAKEN);
    }

    @Test
    void compat_draws_from_more_actions_at_once_and_the_correct_rule_only_from_those_it_can_learn() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = Lessons.learner(compat, "actions_n=2 epsilon_start=1 epsilon_decay_enabled=false");
            learner.change(learner.parameters().with("actions_n", "9"));
            int largest = 0;
            for (int i = 0; i < 300; i++) {
                largest = Math.max(largest, learner.act(IDLE).action());
            }
            assertThat(largest).isEqualTo(compat ? 8 : 1);
        }
    }

    @Test
    void fewer_actions_at_once_never_give_one_beyond_them() {
        Learner learner = Lessons.learner(true, "actions_n=5 epsilon_start=0 window_size=2");
        learner.train(Lessons.entry(1, 4, 1, 0));
        learner.train(Lessons.entry(2, 4, 1, 0));
        assertThat(learner.act(State.of(0)).action()).isEqualTo(4);
        learner.change(learner.parameters().with("actions_n", "2"));
        assertThat(learner.act(State.of(0)).action()).isLessThan(2);
    }

    @Test
    void a_reset_forgets_everything() {
        Learner learner = Lessons.teach(Lessons.learner(false, "window_size=2"), 1, 2, 3);
        learner.act(IDLE);
        learner.reset();
        assertThat(learner.stats()).isEqualTo(new LearnerStats(0, 0, 0.9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(learner.weights().rows()).isEmpty();
        assertThat(Lessons.teach(learner, 1, 2).stats().trainedItems()).isEqualTo(2);
    }

    @Test
    void weights_make_another_learner_choose_alike() {
        Learner taught = Lessons.learner(false, "actions_n=3 window_size=2 epsilon_start=0");
        Lessons.GOLDEN.forEach(taught::train);
        Learner other = Lessons.learner(false, "actions_n=2");
        other.restore(taught.weights());
        assertThat(other.stats().average()).isEqualTo(taught.stats().average());
        assertThat(other.stats().trainedItems()).isEqualTo(6);
        assertThat(other.stats().epsilon()).isZero();
        for (int running = 0; running < 4; running++) {
            State state = State.of(0, running, 0);
            assertThat(other.act(state)).isEqualTo(taught.act(state));
        }
        // Numbers begin anew with a new life.
        assertThat(other.train(Lessons.plain(1))).isEqualTo(Verdict.TAKEN);
    }

    @Test
    void weights_of_the_other_rule_are_not_taken() {
        Weights compat = Lessons.learner(true, "actions_n=2").weights();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lessons.learner(false, "actions_n=2").restore(compat))
                .withMessageContaining("rule");
    }

    @Test
    void weights_that_cannot_be_are_no_weights() {
        Weights.Row row = new Weights.Row("0", new double[] {1, 2});
        assertThatIllegalArgumentException().isThrownBy(() -> new Weights.Row("0", new double[] {Double.NaN}));
        assertThatIllegalArgumentException().isThrownBy(() -> new Weights(false, 3, 0, 0.1, 0, 0, 0, List.of(row)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weights(false, 2, 0, 0.1, 0, 0, 0, List.of(row, row)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weights(false, 2, Double.NaN, 0.1, 0, 0, 0, List.of(row)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Weights(false, 2, 0, 0.1, -1, 0, 0, List.of(row)));
    }

    @Test
    void a_full_table_keeps_learning_what_it_knows_and_counts_the_rest() {
        Learner learner = Lessons.learner(false, "actions_n=1024 window_size=2");
        int states = QTable.MAX_CELLS / 1024;
        for (int eid = 1; eid <= 2 * states + 2; eid++) {
            learner.train(Lessons.entry(eid, 1, 1, eid));
        }
        assertThat(learner.stats().states()).isEqualTo(states);
        assertThat(learner.stats().notKept()).isEqualTo(states + 1);
        double before = Lessons.value(learner, "1", 1);
        learner.train(Lessons.entry(2L * states + 3, 1, 1, 1));
        learner.train(Lessons.entry(2L * states + 4, 1, 1, 1));
        assertThat(Lessons.value(learner, "1", 1)).isGreaterThan(before);
    }

    @Test
    void a_state_is_read_as_the_original_does() {
        assertThat(State.parse("0,1,0")).isEqualTo(State.of(0, 1, 0));
        assertThat(State.parse(" 1.000000, 2.9 ,-0.5")).isEqualTo(State.of(1, 2, 0));
        assertThat(State.parse("7")).hasToString("7").hasSameHashCodeAs(State.of(7));
        assertThat(State.of(3, 4).get(1)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,b", "1,,2", "1,NaN", "Infinity", "1e10", "[1]"})
    void no_state_is_refused_with_what_is_allowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> State.parse(text))
                .withMessageContaining("for example 0,1,0");
    }

    @Test
    void a_state_of_too_many_numbers_is_refused() {
        assertThat(State.parse("1,".repeat(254) + "1").size()).isEqualTo(255);
        assertThatIllegalArgumentException().isThrownBy(() -> State.parse("1,".repeat(255) + "1"));
        assertThatIllegalArgumentException().isThrownBy(State::of);
    }

    @Test
    void an_experience_that_cannot_be_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lessons.entry(-1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Lessons.entry(1, -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Lessons.entry(1, 0, Double.NaN, 0));
    }

    @Test
    void parameters_are_read_by_name() {
        LearnerParameters read = LearnerParameters.parse("actions_n=14 alpha=0.001, beta=0.1 window_size=10");
        assertThat(read.actions()).isEqualTo(14);
        assertThat(read.with("actions_n", "3.0").actions()).isEqualTo(3);
        assertThat(read.values())
                .containsEntry("alpha", "0.001")
                .containsEntry("epsilon_decay", "0.99")
                .containsEntry("epsilon_decay_enabled", "true");
        assertThat(List.copyOf(read.values().keySet())).isEqualTo(LearnerParameters.NAMES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha",
                "gamma=1",
                "alpha=x",
                "alpha=NaN",
                "alpha=2",
                "beta=-1",
                "actions_n=0",
                "actions_n=1.5",
                "actions_n=1025",
                "window_size=0",
                "epsilon_min=1.1",
                "epsilon_decay_enabled=yes",
                "entry_missing_max_attempts=0"
            })
    void wrong_parameters_are_refused_with_name_and_value(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearnerParameters.parse(text))
                .withMessageContaining(text.split("=", -1)[0]);
    }
}
