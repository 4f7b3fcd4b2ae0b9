package io.p2pfaas.load.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.OutcomeCsv;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResult.World;
import io.p2pfaas.load.report.SampleFolder;
import io.p2pfaas.load.report.StoredResults;
import io.p2pfaas.load.report.chart.Table;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportTest {
    private static final SampleFolder SAMPLE = SampleFolder.of(World.LIVE)
            .withSchedulers("PowerOfNScheduler(1,3,true,1)")
            .withLoads("0.9")
            .withRepetitions(2);

    @TempDir
    private Path folder;

    @Test
    void the_table_of_runs_has_what_the_runs_have() {
        List<RunResult> runs = SAMPLE.results();
        Table table = TidyRuns.of(runs);

        assertThat(table.rows()).hasSize(4);
        for (int i = 0; i < runs.size(); i++) {
            List<String> row = table.rows().get(i);
            assertThat(row.get(table.header().indexOf("scheduler"))).isEqualTo("PowerOfNScheduler(1,3,true,1)");
            assertThat(row.get(table.header().indexOf("arrived")))
                    .isEqualTo("" + runs.get(i).arrived());
            assertThat(row.get(table.header().indexOf("pB")))
                    .isEqualTo("" + runs.get(i).pB());
            assertThat(row.get(table.header().indexOf("reason_no_slot")))
                    .isEqualTo("" + runs.get(i).reasons().get("no_slot"));
        }
        assertThat(table.csv()).contains("\"PowerOfNScheduler(1,3,true,1)\"");
    }

    @Test
    void the_log_is_read_by_hdr_histograms_own_reader() throws Exception {
        List<RunResult> runs = SAMPLE.results();
        Path log = folder.resolve("latency.hlog");
        assertThat(LatencyLog.write(runs, log)).isEqualTo(4);

        List<Histogram> read = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (Histogram next = (Histogram) reader.nextIntervalHistogram();
                    next != null;
                    next = (Histogram) reader.nextIntervalHistogram()) {
                read.add(next);
            }
        }
        assertThat(read).hasSize(4);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(HistogramText.parse(runs.get(i).latency()));
            assertThat(read.get(i).getTag()).contains("rho=0.9").doesNotContain(",", " ");
        }
    }

    @Test
    void a_log_of_one_point_has_no_tags() throws Exception {
        List<RunResult> runs = SAMPLE.results().stream()
                .filter(run -> "4".equals(run.point().get("queue")))
                .toList();
        Path log = folder.resolve("latency.hlog");
        LatencyLog.write(runs, log);

        assertThat(Files.readString(log)).doesNotContain("Tag=");
    }

    private Path withCalls(RunResult run) throws Exception {
        Path result = SAMPLE.write(folder.resolve("result"));
        StringWriter csv = new StringWriter();
        OutcomeCsv.write(
                List.of(
                        new Outcome.Answered(
                                0, 1_000_000, 2_000_000, 101_000_000, 200, OptionalInt.empty(), Executor.LOCAL),
                        new Outcome.Answered(
                                1, 5_000_000, 5_000_000, 7_000_000, 500, OptionalInt.of(400), Executor.LOCAL),
                        new Outcome.Answered(
                                2, 6_000_000, 6_000_000, 9_000_000, 200, OptionalInt.empty(), new Executor("n2")),
                        new Outcome.Unanswered(3, 8_000_000, 8_000_000, 9_000_000_000L, EndState.TIMEOUT, ""),
                        new Outcome.Unsent(4, 9_000_000, EndState.NOT_SENT)),
                csv);
        Path calls = Files.createDirectories(result.resolve("calls"));
        Files.writeString(
                calls.resolve("points.csv"), "point,settings\n1,\"none\"\n2,\"" + new Point(run.point()) + "\"\n");
        Files.writeString(calls.resolve("point-2-repetition-1.csv"), csv + "5,10000000,1000");
        return result;
    }

    private static List<String> query(Path database, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Test
    void the_database_has_exactly_the_originals_columns() throws Exception {
        RunResult run = SAMPLE.results().get(0);
        Path file = folder.resolve("jobs.db");
        JobsDatabase.write(StoredResults.read(withCalls(run)), List.of(run), file);

        assertThat(query(file, "SELECT name FROM pragma_table_info('jobs')"))
                .containsExactly(
                        "node_id",
                        "req_id",
                        "type_id",
                        "payload_name",
                        "requests_rate",
                        "time_total",
                        "time_execution",
                        "times_parsed",
                        "res_status_code",
                        "res_error_code",
                        "req_net_error",
                        "req_net_error_message",
                        "externally_executed",
                        "timestamp_start",
                        "timestamp_end",
                        "learning_state",
                        "learning_action",
                        "learning_eps",
                        "learning_reward");
        assertThat(query(file, "SELECT name FROM pragma_table_info('timings')"))
                .containsExactly(
                        "node_id", "req_id", "payload_name", "requests_rate", "index_i", "time_type", "time_value");
        assertThat(query(file, "SELECT name FROM pragma_table_info('values_strings')"))
                .containsExactly(
                        "node_id", "req_id", "payload_name", "requests_rate", "index_i", "value_type", "value_value");
    }

    @Test
    void the_database_has_every_sent_call_once() throws Exception {
        RunResult run = SAMPLE.results().get(0);
        Path file = folder.resolve("jobs.db");
        Files.writeString(file, "an older file");
        JobsDatabase.Written written = JobsDatabase.write(StoredResults.read(withCalls(run)), List.of(run), file);

        assertThat(written.jobs()).isEqualTo(4);
        assertThat(written.notes()).singleElement().asString().contains("1 lines were cut off");
        assertThat(query(
                        file,
                        "SELECT req_id, requests_rate, round(time_total, 6), res_status_code, req_net_error,"
                                + " externally_executed, learning_state FROM jobs ORDER BY req_id"))
                .containsExactly(
                        "0|36.0|0.1|200|0|0|null",
                        "1|36.0|0.002|500|0|0|null",
                        "2|36.0|0.003|200|0|1|null",
                        "3|36.0|8.992|0|2|null|null");
        assertThat(query(file, "SELECT req_id, value_type, value_value FROM values_strings"))
                .containsExactly("2|peer_ip|n2");
    }

    @Test
    void a_repetition_without_its_file_of_calls_is_noted() throws Exception {
        List<RunResult> runs = SAMPLE.results();
        Path file = folder.resolve("jobs.db");
        JobsDatabase.Written written = JobsDatabase.write(StoredResults.read(withCalls(runs.get(0))), runs, file);

        assertThat(written.notes())
                .filteredOn(note -> note.contains("is missing"))
                .hasSize(3);
    }
}
