package io.p2pfaas.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the original's learner makes of known entries, number by number, and what the correct one makes of them. */
final class GoldenVectorsTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static Learner taught(boolean compat, int window, int... order) {
        Learner learner = Lessons.learner(compat, "alpha=0.1 beta=0.1 actions_n=3 window_size=" + window);
        for (int eid : order) {
            assertThat(learner.train(Lessons.GOLDEN.get(eid - 1))).isEqualTo(Verdict.TAKEN);
        }
        return learner;
    }

    private static void has(Learner learner, String here, String probe, String reject, double... values) {
        assertThat(Lessons.value(learner, here, 1)).isCloseTo(values[0], EXACT);
        assertThat(Lessons.value(learner, probe, 2)).isCloseTo(values[1], EXACT);
        assertThat(Lessons.value(learner, reject, 0)).isCloseTo(values[2], EXACT);
        assertThat(learner.stats().average()).isCloseTo(values[3], EXACT);
    }

    private static void counted(Learner learner, long trained, long episodes, int pending, long lastTrained) {
        LearnerStats stats = learner.stats();
        assertThat(List.of(stats.trainedItems(), stats.episodes(), (long) stats.pendingEntries()))
                .containsExactly(trained, episodes, (long) pending);
        assertThat(stats.eidLastTrained()).isEqualTo(lastTrained);
        assertThat(stats.eidMaxSeen()).isEqualTo(7);
    }

    @Test
    void compat_with_windows_of_three() {
        Learner learner = taught(true, 3, 1, 2, 3, 4, 5, 6, 7);
        has(learner, "010", "021", "100", 0.1878, -0.11, 0, 1.0768);
        counted(learner, 6, 2, 1, 6);
    }

    @Test
    void compat_sorts_what_comes_in_another_order() {
        Learner learner = taught(true, 3, 3, 1, 2, 6, 4, 5, 7);
        has(learner, "010", "021", "100", 0.1878, -0.11, 0, 1.0768);
        counted(learner, 6, 2, 1, 6);
    }

    @Test
    void compat_with_windows_of_five() {
        Learner learner = taught(true, 5, 1, 2, 3, 4, 5, 6, 7);
        has(learner, "010", "021", "100", -0.0121, -0.11, 0.121, -0.1121);
        counted(learner, 5, 1, 2, 5);
    }

    @Test
    void the_correct_rule_with_windows_of_three_learns_between_them_too() {
        Learner learner = taught(false, 3, 1, 2, 3, 4, 5, 6, 7);
        has(learner, "0,1,0", "0,2,1", "1,0,0", 0.15462, -0.01, 0.101, 0.24562);
        counted(learner, 6, 2, 1, 6);
    }

    @Test
    void the_correct_rule_sorts_what_comes_in_another_order() {
        Learner learner = taught(false, 3, 3, 1, 2, 6, 4, 5, 7);
        has(learner, "0,1,0", "0,2,1", "1,0,0", 0.15462, -0.01, 0.101, 0.24562);
        counted(learner, 6, 2, 1, 6);
    }

    @Test
    void the_correct_rule_with_windows_of_five() {
        Learner learner = taught(false, 5, 1, 2, 3, 4, 5, 6, 7);
        has(learner, "0,1,0", "0,2,1", "1,0,0", 0.0809, -0.01, 0.101, 0.1719);
        counted(learner, 5, 1, 2, 5);
    }

    @Test
    void only_the_correct_rule_tells_states_apart_whose_digits_are_the_same() {
        Experience one = Lessons.entry(1, 1, 1, 1, 11);
        Experience other = Lessons.entry(2, 1, 1, 11, 1);
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = Lessons.learner(compat, "actions_n=2 window_size=3");
            learner.train(one);
            learner.train(other);
            learner.train(Lessons.plain(3));
            assertThat(learner.weights().rows().stream().map(Weights.Row::key).toList())
                    .isEqualTo(compat ? List.of("111") : List.of("1,11", "11,1"));
        }
    }
}
