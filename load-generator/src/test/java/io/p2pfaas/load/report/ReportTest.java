package io.p2pfaas.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.arrivals.Poisson;
import io.p2pfaas.load.plan.CallTemplate;
import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.OutcomeCsv;
import io.p2pfaas.load.record.Progress;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.record.Tally;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final long MS = 1_000_000;
    private static final Plan PLAN = new Plan(
            List.of(URI.create("http://a/")),
            new CallTemplate(List.of(), new byte[0]),
            new Poisson(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            1,
            16);

    private final Tally tally = new Tally();

    private void ended(Outcome outcome) {
        tally.onDue();
        tally.onEnd(outcome);
    }

    private void answered(int status, int code, String executor, long lagNanos) {
        OptionalInt errorCode = code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
        ended(new Outcome.Answered(
                1, 1000 * MS, 1000 * MS + lagNanos, 1020 * MS, status, errorCode, new Executor(executor)));
    }

    private List<String> table() {
        return RunTable.text(PLAN, new RunRecord(new Tally(), tally, Duration.ofSeconds(2), false))
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    @Test
    void the_table_accounts_for_every_call() {
        answered(200, 0, "local", 0);
        answered(200, 0, "n2", 0);
        answered(500, 400, "local", 0);
        ended(new Outcome.Unanswered(3, 1000 * MS, 1000 * MS, 1001 * MS, EndState.CONNECTION_ERROR, "gone\u001b[2J"));
        assertThat(table())
                .contains(
                        "offered rate 2.0/s",
                        "due 4 (2.0/s)",
                        "2xx 2 (50.00 %)",
                        "rejected 1 (25.00 %)",
                        "timeout 0",
                        "due = sum of states 4 = 4 ok",
                        "pB (rejected / sent) 0.25000",
                        "status 200 2",
                        "status 500 1",
                        "2xx executed by local 1",
                        "2xx executed by n2 1",
                        "connection errors gone?[2J 1")
                .noneMatch(line -> line.startsWith("warning"))
                .anyMatch(line -> line.matches("2xx 2( (19\\.9|20\\.0)\\d+){6}"));
    }

    @Test
    void a_run_of_nothing_has_a_table_too() {
        assertThat(table()).contains("due = sum of states 0 = 0 ok", "pB (rejected / sent) -");
    }

    @Test
    void a_late_generator_and_unsent_calls_are_warned_of() {
        answered(200, 0, "local", 3 * MS);
        ended(new Outcome.Unsent(2, 1000 * MS, EndState.NOT_SENT));
        assertThat(table())
                .anyMatch(line -> line.startsWith("warning: send lag p99 is 3."))
                .anyMatch(line -> line.startsWith("warning: 1 calls were not sent because 16 were in flight"));
    }

    @Test
    void a_lost_call_is_shouted_about() {
        tally.onDue();
        assertThat(table())
                .contains("due = sum of states 1 = 0 VIOLATED")
                .anyMatch(line -> line.startsWith("warning: calls were lost in the accounting"));
    }

    @Test
    void csv_has_a_line_per_outcome_with_empty_fields_for_what_did_not_happen() throws IOException {
        StringWriter out = new StringWriter();
        OutcomeCsv.write(
                List.of(
                        new Outcome.Answered(0, 1, 2, 3, 200, OptionalInt.empty(), new Executor("n1")),
                        new Outcome.Unanswered(1, 4, 5, 6, EndState.TIMEOUT, ""),
                        new Outcome.Unsent(2, 7, EndState.NOT_SENT)),
                out);
        assertThat(out.toString().lines())
                .containsExactly(OutcomeCsv.HEADER, "0,1,2,3,ok,200,n1", "1,4,5,6,timeout,,", "2,7,,,not_sent,,");
    }

    @Test
    void the_progress_line_says_how_far_the_run_is() {
        assertThat(ProgressLine.text(PLAN, new Progress(500 * MS, 9, 4, 3, 1, 1)))
                .isEqualTo("0.5 s of 3.0 s (warm-up)  due 9  2xx 4  rejected 3  failed 1  in flight 1");
    }
}
