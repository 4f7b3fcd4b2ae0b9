package io.p2pfaas.load.live.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.live.ledger.Finding.Kind;
import io.p2pfaas.load.plan.Experiment.Via;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a ledger names, and what it lets pass. */
final class LedgerTest {
    private static final long MS = 1_000_000;
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final Ledger ledger =
            new Ledger(new Rules(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(60)));

    private void sent(String call, long atMillis, boolean repeatable) {
        sent(call, atMillis, Via.HTTP, "n1", repeatable);
    }

    private void sent(String call, long atMillis, Via via, String entrance, boolean repeatable) {
        ledger.accept(new Entry.Sent(atMillis * MS, call, via, entrance, repeatable, BUDGET.toNanos()));
    }

    private void ended(String call, long atMillis, Close close) {
        ledger.accept(new Entry.Ended(atMillis * MS, call, close, close == Close.DONE ? 200 : 0, ""));
    }

    private void began(String call, long atMillis, String node) {
        ledger.accept(new Entry.Began(atMillis * MS, call, node));
    }

    private void broken(Fault fault, String target, long fromMillis, long toMillis) {
        ledger.accept(new Entry.Broke(fromMillis * MS, fault, target));
        ledger.accept(new Entry.Mended(toMillis * MS, fault, target));
    }

    private void found(Kind... kinds) {
        assertThat(ledger.close().findings()).extracting(Finding::kind).containsExactlyInAnyOrder(kinds);
    }

    @Test
    void a_call_that_is_executed_once_and_answered_once_is_clean() {
        sent("a", 0, false);
        began("a", 10, "n1");
        ended("a", 20, Close.DONE);
        Account account = ledger.close();
        assertThat(account.isClean()).isTrue();
        assertThat(account.ended(Close.DONE)).isEqualTo(1);
    }

    @Test
    void a_call_without_an_end_is_named() {
        sent("a", 0, true);
        began("a", 10, "n1");
        found(Kind.NO_END);
    }

    @Test
    void a_call_that_ends_twice_is_named() {
        sent("a", 0, true);
        began("a", 10, "n1");
        ended("a", 20, Close.DONE);
        ended("a", 30, Close.FAILED);
        found(Kind.TWO_ENDS);
    }

    @Test
    void a_second_answer_is_named_and_an_answer_after_the_caller_gave_up_is_not() {
        sent("a", 0, true);
        began("a", 10, "n1");
        ended("a", 20, Close.DONE);
        ledger.accept(new Entry.Stray(30 * MS, "a"));
        broken(Fault.STOP, "n1", 100, 200);
        sent("b", 100, true);
        ended("b", 8000, Close.SILENT);
        ledger.accept(new Entry.Stray(8010 * MS, "b"));
        found(Kind.TWO_ENDS);
    }

    @Test
    void silence_is_explained_by_a_fault_of_the_entrance_only() {
        broken(Fault.KILL, "n1", 50, 1000);
        sent("a", 0, true);
        ended("a", 8000, Close.SILENT);
        sent("b", 0, Via.HTTP, "n2", true);
        ended("b", 8000, Close.SILENT);
        Account account = ledger.close();
        assertThat(account.findings()).extracting(Finding::call).containsExactly("b");
        assertThat(account.excused()).containsEntry(Kind.NO_END, 1L);
    }

    @Test
    void a_broken_broker_explains_the_silence_of_devices_and_not_that_of_http() {
        broken(Fault.BROKER_KILL, Fault.BROKER, 50, 1000);
        sent("a", 0, Via.MQTT5, "n1", true);
        ended("a", 60, Close.BROKEN);
        sent("b", 0, true);
        ended("b", 60, Close.BROKEN);
        Account account = ledger.close();
        assertThat(account.findings()).extracting(Finding::call).containsExactly("b");
    }

    @Test
    void a_node_that_leaves_must_not_break_a_connection_but_may_let_nobody_in() {
        broken(Fault.RESTART, "n1", 0, 1000);
        sent("a", 100, true);
        ended("a", 110, Close.NOT_LET_IN);
        sent("b", 100, true);
        ended("b", 110, Close.BROKEN);
        Account account = ledger.close();
        assertThat(account.findings()).extracting(Finding::call).containsExactly("b");
    }

    @Test
    void a_fault_is_no_excuse_for_what_comes_long_after_it() {
        broken(Fault.KILL, "n1", 0, 1000);
        sent("a", 4100, true);
        ended("a", 4200, Close.BROKEN);
        found(Kind.NO_END);
    }

    @Test
    void a_second_execution_needs_an_idempotent_function_and_something_that_was_broken() {
        for (String call : new String[] {"well", "broken"}) {
            long at = call.equals("well") ? 0 : 20_000;
            if (at > 0) {
                broken(Fault.STOP, "n2", at, at + 2000);
            }
            for (boolean repeatable : new boolean[] {true, false}) {
                String id = call + (repeatable ? "-again" : "-once");
                sent(id, at, repeatable);
                began(id, at + 10, "n1");
                began(id, at + 20, "n2");
                ended(id, at + 30, Close.DONE);
            }
        }
        Account account = ledger.close();
        assertThat(account.findings())
                .extracting(Finding::call)
                .containsExactlyInAnyOrder("well-again", "well-once", "broken-once");
        assertThat(account.findings()).extracting(Finding::kind).containsOnly(Kind.DOUBLE_EXECUTION);
    }

    @Test
    void an_execution_after_its_budget_is_named_unless_somebody_stood_still() {
        sent("a", 0, true);
        began("a", 5600, "n1");
        ended("a", 5700, Close.FAILED);
        broken(Fault.STOP, "n2", 20_000, 26_000);
        sent("b", 20_000, true);
        began("b", 26_000, "n2");
        ended("b", 26_100, Close.FAILED);
        Account account = ledger.close();
        assertThat(account.findings()).extracting(Finding::call).containsExactly("a");
        assertThat(account.excused()).containsEntry(Kind.LATE_EXECUTION, 1L);
    }

    @Test
    void success_without_an_execution_and_rejection_with_one_are_named() {
        sent("a", 0, true);
        ended("a", 10, Close.DONE);
        sent("b", 0, true);
        began("b", 10, "n1");
        ended("b", 20, Close.REJECTED);
        found(Kind.NOT_EXECUTED, Kind.REJECTED_BUT_EXECUTED);
    }

    @Test
    void an_execution_of_a_call_that_nobody_sent_is_named() {
        began("x", 10, "n1");
        found(Kind.UNKNOWN_CALL);
    }

    @Test
    void another_calls_answer_is_named() {
        sent("a", 0, true);
        began("a", 10, "n1");
        ledger.accept(new Entry.Mistaken(20 * MS, "a", "b ECHO 5"));
        ended("a", 20, Close.DONE);
        found(Kind.WRONG_ANSWER);
    }

    private void looked(String node, long process, long received, long done, long inFlight, long executed) {
        ledger.accept(new Entry.Looked(0, node, process, received, done, 0, 0, 0, 0, inFlight, executed));
    }

    @Test
    void counters_that_do_not_add_up_are_named() {
        sent("a", 0, true);
        began("a", 0, "n1");
        ended("a", 0, Close.DONE);
        looked("n1", 7, 1, 0, 0, 1);
        found(Kind.UNBALANCED);
    }

    @Test
    void a_node_that_received_more_than_was_sent_or_still_has_calls_is_named() {
        looked("n1", 7, 2, 1, 1, 1);
        found(Kind.UNBALANCED, Kind.UNBALANCED);
    }

    @Test
    void an_execution_that_a_node_did_not_count_is_named() {
        sent("a", 0, true);
        began("a", 0, "n1");
        ended("a", 0, Close.DONE);
        looked("n1", 7, 1, 1, 0, 0);
        found(Kind.UNBALANCED);
    }

    @Test
    void counts_of_a_node_that_was_started_again_are_added_and_its_executions_not_compared() {
        for (int i = 0; i < 3; i++) {
            sent("a" + i, 0, true);
            began("a" + i, 0, "n1");
            ended("a" + i, 0, Close.DONE);
        }
        looked("n1", 7, 2, 2, 0, 1);
        looked("n1", 8, 1, 1, 0, 1);
        Account account = ledger.close();
        assertThat(account.isClean()).isTrue();
        assertThat(account.nodes()).containsExactly(new Account.NodeBook("n1", 2, 3, 2, 3, 0));
    }

    @Test
    void old_calls_are_judged_and_forgotten_while_the_run_goes_on() {
        sent("a", 0, true);
        began("a", 10, "n1");
        ended("a", 20, Close.DONE);
        sent("b", 61_000, true);
        began("a", 61_001, "n1");
        ended("b", 61_002, Close.NOT_SENT);
        found(Kind.UNKNOWN_CALL);
    }

    @Test
    void an_id_that_is_used_twice_is_an_error_of_the_run() {
        sent("a", 0, true);
        assertThatThrownBy(() -> sent("a", 1, true)).hasMessageContaining("two calls with the id a");
    }
}
