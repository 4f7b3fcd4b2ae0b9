package io.p2pfaas.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TallyTest {
    private static final long MS = 1_000_000;

    private final Tally tally = new Tally();

    private static Outcome answered(int status, int code, String executor) {
        OptionalInt errorCode = code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
        return new Outcome.Answered(0, 10 * MS, 11 * MS, 15 * MS, status, errorCode, new Executor(executor));
    }

    private void dueAndEnded(Outcome outcome) {
        tally.onDue();
        tally.onEnd(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "200,0,OK",
        "204,0,OK",
        "299,400,OK",
        "500,400,REJECTED",
        "503,401,REJECTED",
        "429,400,REJECTED",
        "500,0,OTHER_STATUS",
        "500,403,OTHER_STATUS",
        "404,400,OTHER_STATUS",
        "302,0,OTHER_STATUS",
    })
    void an_answer_ends_in_the_state_its_status_and_code_say(int status, int code, EndState state) {
        assertThat(answered(status, code, "local").state()).isEqualTo(state);
    }

    @Test
    void latency_counts_from_the_due_time_and_lag_is_kept_apart() {
        dueAndEnded(answered(200, 0, "local"));
        assertThat(tally.latency(EndState.OK).getMaxValue()).isBetween(5 * MS, 5 * MS + 4096);
        assertThat(tally.sendLag().getMaxValue()).isBetween(MS, MS + 1024);
    }

    @Test
    void only_rejections_of_sent_calls_are_losses() {
        assertThat(tally.lossProbability()).isEmpty();
        dueAndEnded(answered(200, 0, "local"));
        dueAndEnded(answered(500, 400, "local"));
        dueAndEnded(answered(500, 0, "local"));
        dueAndEnded(new Outcome.Unanswered(3, 0, 0, 9 * MS, EndState.TIMEOUT, ""));
        dueAndEnded(new Outcome.Unsent(4, 0, EndState.NOT_SENT));
        assertThat(tally.lossProbability()).hasValue(0.25);
        assertThat(tally.isBalanced()).isTrue();
    }

    @Test
    void a_call_that_never_ends_or_ends_twice_breaks_the_balance() {
        tally.onDue();
        assertThat(tally.isBalanced()).isFalse();
        tally.onEnd(answered(200, 0, "local"));
        assertThat(tally.isBalanced()).isTrue();
        tally.onEnd(answered(200, 0, "local"));
        assertThat(tally.isBalanced()).isFalse();
    }

    @Test
    void executors_are_counted_for_executed_calls_and_their_number_is_bounded() {
        dueAndEnded(answered(500, 400, "n1"));
        assertThat(tally.executors()).isEmpty();
        for (int i = 0; i < 1000; i++) {
            dueAndEnded(answered(200, 0, "n" + i));
        }
        assertThat(tally.executors()).hasSize(201).containsEntry("(others)", 800L);
    }

    @Test
    void a_node_id_from_the_network_cannot_harm_a_terminal() {
        assertThat(new Executor("a\u001b[2J,b\"").name()).isEqualTo("a__2J_b_");
        assertThat(new Executor("x".repeat(1000)).name()).hasSize(64);
    }

    @Test
    void an_outcome_cannot_be_in_a_state_of_another_kind() {
        assertThatThrownBy(() -> new Outcome.Unsent(0, 0, EndState.OK)).hasMessageContaining("OK");
        assertThatThrownBy(() -> new Outcome.Unanswered(0, 0, 0, 0, EndState.NOT_SENT, ""))
                .hasMessageContaining("NOT_SENT");
    }

    @Test
    void a_run_failed_when_not_one_sent_call_got_through() {
        RunRecord run = new RunRecord(new Tally(), tally, Duration.ofSeconds(1), false);
        assertThat(run.isAllConnectionErrors()).isFalse();
        dueAndEnded(new Outcome.Unanswered(0, 0, 0, MS, EndState.CONNECTION_ERROR, "refused"));
        assertThat(run.isAllConnectionErrors()).isTrue();
        assertThat(tally.failures()).containsEntry("refused", 1L);
        dueAndEnded(answered(404, 0, "local"));
        assertThat(run.isAllConnectionErrors()).isFalse();
    }
}
