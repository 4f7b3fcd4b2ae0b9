package io.p2pfaas.load.report.export;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.StoredResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the SQLite schema of P2PFaaS's benchmark, so that its notebooks read them. What the lab does not record is
 * NULL. Times are seconds: {@code time_total} counts from the due time, and {@code timestamp_start} (due) and
 * {@code timestamp_end} from the start of the repetition. Calls that were never sent are not in it.
 */
public final class JobsDatabase {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE jobs (node_id int, req_id int, type_id int, payload_name text, requests_rate real,"
                    + " time_total real, time_execution real, times_parsed int, res_status_code int,"
                    + " res_error_code int, req_net_error int, req_net_error_message string, externally_executed int,"
                    + " timestamp_start real, timestamp_end real, learning_state string, learning_action real,"
                    + " learning_eps real, learning_reward real)",
            "CREATE TABLE timings (node_id int, req_id int, payload_name text, requests_rate real, index_i int,"
                    + " time_type text, time_value real)",
            "CREATE TABLE values_strings (node_id int, req_id int, payload_name text, requests_rate real, index_i int,"
                    + " value_type text, value_value text)");
    private static final String INSERT_JOB =
            "INSERT INTO jobs (node_id, req_id, payload_name, requests_rate, time_total,"
                    + " times_parsed, res_status_code, req_net_error, externally_executed, timestamp_start, timestamp_end)"
                    + " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)";
    private static final String INSERT_PEER =
            "INSERT INTO values_strings (node_id, req_id, payload_name, requests_rate,"
                    + " index_i, value_type, value_value) VALUES (?, ?, ?, ?, 0, 'peer_ip', ?)";
    private static final int BATCH = 1000;
    private static final double NANOS = 1e9;

    private final StoredCalls files;
    private final PreparedStatement jobs;
    private final PreparedStatement peers;
    private final List<String> notes = new ArrayList<>();
    private final OfferedRate rates;
    private long rows;

    private JobsDatabase(StoredResults folder, StoredCalls files, PreparedStatement jobs, PreparedStatement peers) {
        this.files = files;
        this.jobs = jobs;
        this.peers = peers;
        this.rates = new OfferedRate(folder);
    }

    /** What was written, and for people what was not. */
    public record Written(long jobs, List<String> notes) {
        public Written {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Writes a new database; a file that is there already is replaced.
     *
     * @param runs those of the folder whose calls are wanted
     * @throws IOException if calls cannot be read, or the file cannot be written
     */
    public static Written write(StoredResults folder, List<RunResult> runs, Path file) throws IOException {
        StoredCalls files = StoredCalls.of(folder.path());
        Files.deleteIfExists(file);
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement schema = database.createStatement()) {
            for (String table : SCHEMA) {
                schema.execute(table);
            }
            database.setAutoCommit(false);
            try (PreparedStatement jobs = database.prepareStatement(INSERT_JOB);
                    PreparedStatement peers = database.prepareStatement(INSERT_PEER)) {
                JobsDatabase writer = new JobsDatabase(folder, files, jobs, peers);
                for (RunResult run : runs) {
                    writer.add(run);
                }
                jobs.executeBatch();
                peers.executeBatch();
                database.commit();
                return new Written(writer.rows, writer.notes);
            }
        } catch (SQLException failed) {
            throw new IOException("cannot write " + file + ": " + failed.getMessage(), failed);
        }
    }

    private void add(RunResult run) throws IOException, SQLException {
        Path calls = files.of(run);
        if (!Files.isRegularFile(calls)) {
            notes.add(calls + " is missing: no calls of " + run.point() + ", repetition " + run.repetition());
            return;
        }
        long warmup = rates.warmupNanos();
        List<CallRows.Row> batch = new ArrayList<>();
        int broken = CallRows.read(calls, row -> {
            if (row.number("due_ns").orElse(0) >= warmup && row.number("end_ns").isPresent()) {
                batch.add(row);
            }
        });
        if (broken > 0) {
            notes.add(calls + ": " + broken + " lines were cut off or are no calls, and are left out");
        }
        for (CallRows.Row row : batch) {
            addJob(run, row);
        }
    }

    private void addJob(RunResult run, CallRows.Row row) throws SQLException {
        Integer node = nodeNumber(run, row.text("node"));
        String payload = row.text("payload");
        Double rate = rates.of(run);
        double due = row.number("due_ns").orElseThrow() / NANOS;
        double end = row.number("end_ns").orElseThrow() / NANOS;
        long call = row.number("call").orElseThrow();
        Integer external = external(row);
        jobs.setObject(1, node);
        jobs.setLong(2, call);
        jobs.setString(3, payload);
        jobs.setObject(4, rate);
        jobs.setDouble(5, end - due);
        OptionalLong status = row.number("status");
        jobs.setLong(6, status.orElse(0));
        jobs.setInt(7, netError(row.state()));
        jobs.setObject(8, external);
        jobs.setDouble(9, due);
        jobs.setDouble(10, end);
        jobs.addBatch();
        if (external != null && external == 1 && !row.text("executor").equals("remote")) {
            peers.setObject(1, node);
            peers.setLong(2, call);
            peers.setString(3, payload);
            peers.setObject(4, rate);
            peers.setString(5, row.text("executor"));
            peers.addBatch();
        }
        if (++rows % BATCH == 0) {
            jobs.executeBatch();
            peers.executeBatch();
        }
    }

    /** From 0, as the original numbers its hosts; unknown where files of calls do not tell. */
    private static @Nullable Integer nodeNumber(RunResult run, String name) {
        for (int i = 0; i < run.nodeTallies().size(); i++) {
            if (run.nodeTallies().get(i).node().equals(name)) {
                return i;
            }
        }
        return null;
    }

    private static @Nullable Integer external(CallRows.Row row) {
        String executor = row.text("executor");
        if (executor.isEmpty()) {
            return null;
        }
        return executor.equals("local") || executor.equals(row.text("node")) ? 0 : 1;
    }

    /** 0: none, 1: any other than 2: timeout. */
    private static int netError(String state) {
        if (state.equals(EndState.TIMEOUT.name())) {
            return 2;
        }
        return state.equals(EndState.CONNECTION_ERROR.name()) || state.equals(EndState.CUT_OFF.name()) ? 1 : 0;
    }
}
