package io.p2pfaas.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Entries that do not come: calls that nobody rewards, and rewards that are lost. */
final class GapsTest {
    private static Learner learner(boolean compat, int window, int max) {
        return Lessons.learner(compat, "actions_n=2 window_size=" + window + " entry_missing_max_attempts=" + max);
    }

    private static void counted(Learner learner, long trained, int pending, long dropped) {
        LearnerStats stats = learner.stats();
        assertThat(stats.trainedItems()).as("trained").isEqualTo(trained);
        assertThat(stats.pendingEntries()).as("pending").isEqualTo(pending);
        assertThat(stats.dropped()).as("dropped").isEqualTo(dropped);
    }

    @Test
    void both_rules_give_a_gap_up_after_so_many_entries() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = Lessons.teach(learner(compat, 3, 3), 1, 2, 4, 5, 6, 7, 8, 9, 10, 11);
            counted(learner, 6, 2, 2);
            assertThat(learner.stats().eidLastTrained()).isEqualTo(9);
        }
    }

    @Test
    void compat_trains_across_a_second_gap() {
        Learner learner = Lessons.teach(learner(true, 5, 1), 1, 3, 5, 6, 7, 8);
        counted(learner, 5, 0, 1);
    }

    @Test
    void the_correct_rule_looks_again_and_finds_the_second_gap() {
        Learner learner = Lessons.teach(learner(false, 5, 1), 1, 3, 5, 6, 7, 8);
        counted(learner, 0, 4, 2);
        counted(Lessons.teach(learner, 9), 5, 0, 2);
    }

    @Test
    void where_the_original_dies_for_want_of_entries_both_rules_wait() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = Lessons.teach(learner(compat, 5, 2), 1, 2, 3, 4, 6, 7);
            counted(learner, 0, 2, 4);
            counted(Lessons.teach(learner, 8, 9, 10), 5, 0, 4);
        }
    }

    @Test
    void where_the_original_dies_of_an_unknown_action_both_rules_refuse_it_and_go_on() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = learner(compat, 2, 3);
            assertThat(learner.train(Lessons.entry(1, 2, 1, 0, 1))).isEqualTo(Verdict.NO_SUCH_ACTION);
            assertThat(learner.stats().refused()).isEqualTo(1);
            counted(Lessons.teach(learner, 1, 2), 2, 0, 0);
        }
    }

    @Test
    void the_correct_rule_waits_for_the_one_after_the_last_trained() {
        Learner learner = Lessons.teach(learner(false, 2, 100), 1, 2, 4, 5);
        counted(learner, 2, 2, 0);
        counted(Lessons.teach(learner, 3), 4, 1, 0);
    }

    @Test
    void a_gap_behind_the_last_trained_is_given_up_and_costs_nothing_but_its_transition() {
        Learner learner = Lessons.teach(learner(false, 2, 2), 1, 2, 4, 5, 6, 7);
        counted(learner, 6, 0, 0);
    }

    @Test
    void old_news_is_refused_by_the_correct_rule_only() {
        Learner correct = Lessons.teach(learner(false, 2, 3), 1, 2);
        assertThat(correct.train(Lessons.plain(2))).isEqualTo(Verdict.TOO_LATE);
        assertThat(correct.train(Lessons.plain(1))).isEqualTo(Verdict.TOO_LATE);
        counted(correct, 2, 0, 0);

        Learner compat = Lessons.teach(learner(true, 2, 3), 1, 2);
        assertThat(compat.train(Lessons.plain(2))).isEqualTo(Verdict.TAKEN);
        counted(compat, 2, 1, 0);
    }

    @Test
    void an_eid_that_waits_already_is_refused() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = Lessons.teach(learner(compat, 3, 3), 1);
            assertThat(learner.train(Lessons.plain(1))).isEqualTo(Verdict.KNOWN);
            counted(learner, 0, 1, 0);
        }
    }

    @Test
    void calls_that_the_learner_was_not_asked_about_are_no_gap() {
        Learner learner = learner(false, 3, 100);
        for (long eid : new long[] {1, 2, 5, 9, 10, 11}) {
            learner.choose(eid, State.of(0, 1));
        }
        counted(Lessons.teach(learner, 1, 2, 5, 9, 10, 11), 6, 0, 0);
    }

    @Test
    void many_gaps_grow_old_side_by_side_and_the_list_does_not_grow() {
        Learner learner = learner(false, 5, 100);
        LongStream.range(1, 100_000).filter(eid -> eid % 7 != 0).forEach(eid -> learner.train(Lessons.plain(eid)));
        assertThat(learner.stats().pendingEntries()).isLessThan(120);
        assertThat(learner.stats().trainedItems()).isGreaterThan(60_000);
    }

    @Test
    void the_list_is_bounded_and_drops_what_is_oldest() {
        for (boolean compat : new boolean[] {true, false}) {
            Learner learner = learner(compat, 1000, 1_000_000);
            LongStream.rangeClosed(1, 20_000).forEach(eid -> learner.train(Lessons.plain(2 * eid)));
            counted(learner, 0, Pending.MAX_ENTRIES, 10_000);
        }
    }

    @Test
    void a_reward_for_a_call_that_has_not_been_is_refused_once_a_call_was_decided_about() {
        Learner learner = learner(false, 2, 100);
        learner.choose(1, State.of(0));
        assertThat(learner.train(Lessons.entry(2, 0, 1, 0, 1))).isEqualTo(Verdict.TOO_EARLY);
        assertThat(learner.train(Lessons.entry(1, 0, 1, 0, 1))).isEqualTo(Verdict.TAKEN);
    }

    @Test
    void rewards_of_a_former_life_do_not_stop_the_learning_of_this_one() {
        Learner learner = Lessons.teach(learner(false, 2, 100), 5000, 5001, 5003);
        for (int eid = 1; eid <= 4; eid++) {
            learner.choose(eid, State.of(0));
        }
        counted(Lessons.teach(learner, 1, 2, 3, 4), 6, 0, 1);
        assertThat(learner.stats().eidLastTrained()).isEqualTo(4);
    }
}
