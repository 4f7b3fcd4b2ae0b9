package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.runtime.docker.ReplicaPool.Ended;
import org.junit.jupiter.api.Test;

final class ReplicaPoolTest {
    private PoolProbe probe = there(PoolProbe.rules(1));

    private static PoolProbe there(PoolRules rules) {
        PoolProbe probe = new PoolProbe(rules);
        probe.on(pool -> pool.engineThere(probe.now));
        return probe;
    }

    /** With one warm instance and nothing to report. */
    private static PoolProbe warm(PoolRules rules) {
        PoolProbe probe = there(rules);
        probe.ready(1);
        probe.done();
        return probe;
    }

    @Test
    void nothing_is_started_before_the_engine_is_there() {
        probe = new PoolProbe(PoolProbe.rules(1));
        probe.call("a");
        assertThat(probe.done()).isEmpty();
        probe.on(ReplicaPool::engineLost);
        assertThat(probe.done()).containsExactly("fail a");
        probe.call("b");
        assertThat(probe.done()).containsExactly("fail b");
        assertThat(probe.failure("b").reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);

        probe.on(pool -> pool.engineThere(probe.now));
        assertThat(probe.done()).containsExactly("start 1");
    }

    @Test
    void a_call_waits_for_the_first_instance_and_runs_in_it() {
        probe.call("a");
        assertThat(probe.done()).containsExactly("start 1");

        probe.ready(1);
        assertThat(probe.done()).containsExactly("run a in 1");
    }

    @Test
    void a_call_to_a_warm_instance_runs_at_once() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a");

        assertThat(probe.done()).containsExactly("run a in 1");
    }

    @Test
    void a_burst_starts_as_many_as_it_fills_and_no_more_than_allowed() {
        probe = warm(PoolProbe.rules(1, 4, false, 2));
        probe.call("a", "b", "c", "d", "e");

        assertThat(probe.done()).containsExactly("run a in 1", "run b in 1", "start 2", "start 3");
        probe.call("f", "g", "h", "i");
        assertThat(probe.done()).containsExactly("start 4");
    }

    @Test
    void without_a_limit_one_start_serves_all() {
        probe = there(PoolProbe.rules(0));
        probe.call("a", "b", "c");
        probe.ready(1);

        assertThat(probe.done()).containsExactly("start 1", "run a in 1", "run b in 1", "run c in 1");
    }

    @Test
    void calls_are_served_in_their_order_also_when_a_place_becomes_free() {
        probe = warm(PoolProbe.rules(1, 1, false, 1));
        probe.call("a", "b", "c");
        probe.answer("a");
        probe.answer("b");

        assertThat(probe.done()).containsExactly("run a in 1", "run b in 1", "run c in 1");
    }

    @Test
    void a_call_that_left_is_not_run() {
        probe.call("a", "b");
        probe.done();
        assertThat(probe.pool.withdrawn("a")).isTrue();
        assertThat(probe.pool.withdrawn("a")).isFalse();
        probe.ready(1);

        assertThat(probe.done()).containsExactly("run b in 1");
        assertThat(probe.pool.withdrawn("b")).isFalse();
    }

    @Test
    void the_instance_with_the_fewest_calls_is_chosen_and_of_idle_ones_the_one_used_last() {
        probe = there(PoolProbe.rules(2, 2, false, 0));
        probe.ready(1);
        probe.pass(1);
        probe.ready(2);
        probe.done();
        probe.call("a", "b", "c");
        assertThat(probe.done()).containsExactly("run a in 2", "run b in 1", "run c in 2");
        probe.answer("a", "c");
        probe.pass(1);
        probe.answer("b");
        probe.call("d");
        assertThat(probe.done()).containsExactly("run d in 1");
    }

    @Test
    void an_idle_instance_is_paused_and_woken_for_a_call() {
        probe = warm(PoolProbe.rules(1));
        probe.pass(9.9);
        assertThat(probe.done()).isEmpty();
        probe.pass(0.2);
        assertThat(probe.done()).containsExactly("pause 1");
        probe.paused(1);
        assertThat(probe.pool.available()).isEqualTo(1);
        probe.pass(3600);
        assertThat(probe.done()).isEmpty();

        probe.call("a");
        assertThat(probe.done()).containsExactly("unpause 1");
        probe.unpaused(1);
        assertThat(probe.done()).containsExactly("run a in 1");
    }

    @Test
    void a_call_that_comes_while_an_instance_is_being_paused_wakes_it_again() {
        probe = warm(PoolProbe.rules(1));
        probe.pass(10);
        probe.done();
        probe.call("a");
        assertThat(probe.done()).isEmpty();
        probe.paused(1);
        assertThat(probe.done()).containsExactly("unpause 1");
        probe.unpaused(1);
        assertThat(probe.done()).containsExactly("run a in 1");
    }

    @Test
    void a_paused_instance_is_woken_before_a_new_one_is_started() {
        probe = there(PoolProbe.rules(2, 4, false, 1));
        probe.ready(1);
        probe.call("a");
        probe.ready(2);
        probe.pass(10);
        probe.paused(2);
        probe.done();
        probe.call("b", "c");

        assertThat(probe.done()).containsExactly("unpause 2", "start 3");
    }

    @Test
    void instances_beyond_the_wanted_ones_end_when_they_are_idle_for_long() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a", "b");
        probe.ready(2);
        probe.pass(1);
        probe.answer("b", "a");
        probe.pass(10);
        probe.paused(1);
        probe.paused(2);
        probe.done();
        probe.pass(60);

        assertThat(probe.done()).hasSize(1).allMatch(text -> text.startsWith("remove"));
        probe.pass(3600);
        assertThat(probe.done()).isEmpty();
        assertThat(probe.pool.available()).isEqualTo(1);
    }

    @Test
    void a_function_that_may_go_to_zero_does_and_comes_back_with_a_call() {
        probe = warm(PoolProbe.rules(1, 4, true, 1));
        probe.pass(10);
        probe.paused(1);
        probe.pass(60);
        assertThat(probe.done()).containsExactly("pause 1", "remove 1");
        assertThat(probe.pool.wanted()).isZero();

        probe.call("a");
        assertThat(probe.done()).containsExactly("start 2");
        assertThat(probe.pool.wanted()).isEqualTo(1);
    }

    @Test
    void scaling_starts_and_ends_instances_busy_ones_last() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a");
        probe.on(pool -> pool.scale(3, probe.now));
        probe.ready(2);
        probe.ready(3);
        probe.done();
        probe.on(pool -> pool.scale(1, probe.now));
        assertThat(probe.done()).containsExactlyInAnyOrder("remove 2", "remove 3");

        probe.on(pool -> pool.scale(0, probe.now));
        assertThat(probe.done()).isEmpty();
        probe.answer("a");
        assertThat(probe.done()).containsExactly("remove 1");
        probe.call("b");
        assertThat(probe.done()).containsExactly("start 4");
    }

    @Test
    void an_instance_that_is_to_end_does_not_wait_for_its_calls_for_ever() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a");
        probe.on(pool -> pool.scale(0, probe.now));
        probe.done();
        probe.pass(29);
        assertThat(probe.done()).isEmpty();
        probe.pass(2);

        assertThat(probe.done()).containsExactly("remove 1");
    }

    @Test
    void calls_that_wait_for_a_start_that_fails_are_told_at_once_and_when_it_is_tried_again() {
        probe.call("a");
        probe.done();
        probe.startFails(1);
        assertThat(probe.done()).containsExactly("remove 1", "fail a");
        assertThat(probe.failure("a").text()).isEqualTo("It ended at once. It is tried again in 0.5 s.");
        assertThat(probe.failure("a").reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        probe.call("b");
        assertThat(probe.done()).containsExactly("fail b");
        probe.pass(0.5);

        assertThat(probe.done()).containsExactly("start 2");
    }

    @Test
    void starts_that_fail_again_and_again_come_ever_later_and_an_answer_forgives_all() {
        double[] pauses = {0.5, 1, 2, 4, 8, 16, 30, 30};
        int number = 1;
        for (double pause : pauses) {
            probe.startFails(number);
            probe.done();
            probe.pass(pause - 0.01);
            assertThat(probe.done()).isEmpty();
            probe.pass(0.01);
            number++;
            assertThat(probe.done()).containsExactly("start " + number);
        }
        probe.ready(number);
        probe.call("a");
        probe.answer("a");
        probe.crash(number);
        assertThat(probe.done()).endsWith("start " + (number + 1));
        probe.startFails(number + 1);
        probe.pass(1);
        assertThat(probe.done()).endsWith("start " + (number + 2));
    }

    @Test
    void a_failed_start_does_not_fail_calls_that_another_instance_will_serve() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a", "b");
        probe.done();
        probe.startFails(2);
        assertThat(probe.done()).containsExactly("remove 2");
        probe.answer("a");

        assertThat(probe.done()).containsExactly("run b in 1");
    }

    @Test
    void a_crashed_instance_is_replaced_at_once_and_one_that_crashes_always_is_not() {
        probe = warm(PoolProbe.rules(1));
        probe.crash(1);
        assertThat(probe.done()).containsExactly("remove 1", "start 2");
        probe.ready(2);
        probe.crash(2);
        assertThat(probe.done()).containsExactly("remove 2");
        probe.call("a");
        assertThat(probe.done()).containsExactly("fail a");
        probe.pass(0.5);
        assertThat(probe.done()).containsExactly("start 3");
    }

    @Test
    void with_one_call_at_a_time_a_call_that_is_given_up_costs_the_instance() {
        probe = warm(PoolProbe.rules(1));
        probe.call("a");
        probe.done();
        probe.end("a", Ended.EXPIRED);

        assertThat(probe.done()).containsExactly("remove 1", "start 2");
    }

    @Test
    void a_call_that_is_given_up_keeps_its_place_until_the_others_are_over() {
        probe = warm(PoolProbe.rules(1, 1, false, 2));
        probe.call("a", "b", "c");
        probe.done();
        probe.end("a", Ended.LEFT);
        assertThat(probe.done()).isEmpty();
        probe.answer("b");
        assertThat(probe.done()).containsExactly("remove 1", "start 2");
        probe.ready(2);
        assertThat(probe.done()).containsExactly("run c in 2");
    }

    @Test
    void without_a_limit_callers_that_leave_do_no_harm_but_expired_calls_do() {
        probe = warm(PoolProbe.rules(0));
        probe.call("a", "b", "stays");
        probe.done();
        probe.end("a", Ended.LEFT);
        probe.end("b", Ended.EXPIRED);
        assertThat(probe.done()).isEmpty();
        for (int i = 1; i < ReplicaHealth.MOST_ABANDONED; i++) {
            probe.call("x" + i);
            assertThat(probe.done()).containsExactly("run x" + i + " in 1");
            probe.end("x" + i, Ended.EXPIRED);
        }
        assertThat(probe.done()).containsExactly("start 2");
        probe.call("y");
        probe.ready(2);
        assertThat(probe.done()).containsExactly("run y in 2");
        probe.answer("stays");
        assertThat(probe.done()).containsExactly("remove 1");
    }

    @Test
    void when_the_engine_goes_calls_are_told_and_when_it_comes_what_is_missing_is_started() {
        probe = warm(PoolProbe.rules(1, 1, false, 1));
        probe.call("a", "b");
        probe.done();
        probe.on(ReplicaPool::engineLost);
        assertThat(probe.done()).containsExactly("fail b");
        assertThat(probe.pool.isUsable()).isFalse();
        assertThat(probe.pool.available()).isZero();
        probe.crash(1);
        assertThat(probe.done()).containsExactly("remove 1");
        probe.call("c");
        assertThat(probe.done()).containsExactly("fail c");
        probe.pass(100);
        probe.on(pool -> pool.engineThere(probe.now));

        assertThat(probe.done()).containsExactly("start 2");
    }

    @Test
    void a_pool_that_is_left_lets_calls_end_and_then_is_empty() {
        probe = warm(PoolProbe.rules(1, 1, false, 1));
        probe.call("a", "b");
        probe.done();
        probe.on(pool -> pool.leave(probe.now));
        assertThat(probe.done()).containsExactly("fail b");
        probe.call("c");
        assertThat(probe.done()).containsExactly("fail c");
        probe.answer("a");

        assertThat(probe.done()).containsExactly("remove 1", "emptied");
    }

    @Test
    void an_instance_that_breaks_calls_in_a_row_is_replaced() {
        probe = warm(PoolProbe.rules(0));
        for (String call : new String[] {"a", "b", "c"}) {
            probe.call(call);
            probe.end(call, Ended.BROKEN);
        }

        assertThat(probe.done()).containsExactly("run a in 1", "run b in 1", "run c in 1", "remove 1", "start 2");
    }

    @Test
    void an_answer_between_broken_calls_shows_that_the_instance_works() {
        probe = warm(PoolProbe.rules(0));
        for (String call : new String[] {"a", "b", "c", "d", "e"}) {
            probe.call(call);
            probe.end(call, call.equals("c") ? Ended.ANSWERED : Ended.BROKEN);
        }

        assertThat(probe.done()).noneMatch(action -> action.startsWith("remove"));
    }

    @Test
    void an_instance_that_breaks_calls_gets_no_more_of_them_while_another_one_hangs_in_it() {
        probe = warm(PoolProbe.rules(0));
        probe.call("hung");
        for (String call : new String[] {"a", "b", "c"}) {
            probe.call(call);
            probe.end(call, Ended.BROKEN);
        }
        probe.done();

        probe.call("d");
        probe.ready(2);

        assertThat(probe.done()).contains("run d in 2");
    }
}
