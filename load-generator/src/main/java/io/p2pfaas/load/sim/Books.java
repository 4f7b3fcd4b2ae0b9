package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * What becomes of every call, as its client sees it. The measured ones are counted; all are told to the listener. Calls
 * that arrive and calls that end are counted apart, so that a lost one shows.
 */
final class Books {
    /** Larger clusters have no room for a matrix of all pairs. */
    static final int MAX_MATRIX = 256;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int CODE_CANNOT_BE_SCHEDULED = 400;
    private static final int CODE_REJECTED_ON_PURPOSE = 401;

    private final Consumer<Outcome> outcomes;
    private final PolicyFaults policyFaults = new PolicyFaults();
    private final long timeoutNanos;
    private final Seconds seconds;
    private final Executor[] executors;
    private final Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
    private final EnumCounts<EndState> ends = new EnumCounts<>(EndState.class);
    private final EnumCounts<Reason> reasons = new EnumCounts<>(Reason.class);
    private final long[] arrivedAt;
    private final long[] rejectedAt;
    private final long[] executedAt;
    private final long[][] matrix;
    private long arrived;
    private long late;
    private long due;
    private long ended;

    Books(Setup setup, Consumer<Outcome> outcomes) {
        int nodes = setup.nodes();
        this.outcomes = outcomes;
        this.timeoutNanos = setup.span().timeoutNanos();
        this.seconds = new Seconds(setup.span().warmupNanos());
        this.executors = new Executor[nodes];
        for (int i = 0; i < nodes; i++) {
            executors[i] = new Executor("n" + (i + 1));
        }
        this.arrivedAt = new long[nodes];
        this.rejectedAt = new long[nodes];
        this.executedAt = new long[nodes];
        int rows = nodes <= MAX_MATRIX ? nodes : 2;
        this.matrix = new long[rows][rows];
    }

    void faulted(Effect.PolicyFaulted faulted) {
        policyFaults.add(faulted);
    }

    PolicyFaults policyFaults() {
        return policyFaults;
    }

    void arrived(ClientCall call) {
        due++;
        if (call.measured) {
            arrived++;
            arrivedAt[call.origin]++;
            seconds.arrived(call.dueNanos);
        }
    }

    /** The node answered. A client that gave up before does not hear it. */
    void replied(ClientCall call, End end, int executor, long nowNanos) {
        if (nowNanos - call.dueNanos > timeoutNanos) {
            unanswered(call, call.dueNanos + timeoutNanos, EndState.TIMEOUT, "");
            return;
        }
        Executor by = executor == call.origin ? Executor.LOCAL : executors[executor];
        Outcome.Answered outcome = switch (end.state()) {
            case DONE -> answered(call, nowNanos, 200, OptionalInt.empty(), by);
            case REJECTED ->
                end.reason() == Reason.DELIBERATE
                        ? answered(call, nowNanos, 503, OptionalInt.of(CODE_REJECTED_ON_PURPOSE), by)
                        : answered(call, nowNanos, 500, OptionalInt.of(CODE_CANNOT_BE_SCHEDULED), by);
            case FAILED, CANCELLED -> answered(call, nowNanos, 502, OptionalInt.empty(), by);
            case EXPIRED -> answered(call, nowNanos, 504, OptionalInt.empty(), by);
        };
        ended++;
        if (call.measured) {
            count(call, outcome.state(), end, executor, nowNanos);
        }
        outcomes.accept(outcome);
    }

    private static Outcome.Answered answered(
            ClientCall call, long nowNanos, int status, OptionalInt code, Executor executor) {
        return new Outcome.Answered(call.number, call.dueNanos, call.dueNanos, nowNanos, status, code, executor);
    }

    private void count(ClientCall call, EndState state, End end, int executor, long nowNanos) {
        ends.count(state);
        long latencyNanos = nowNanos - call.dueNanos;
        seconds.ended(nowNanos, state, latencyNanos);
        if (state == EndState.OK) {
            latency.recordValue(latencyNanos);
            late += nowNanos > call.deadlineNanos ? 1 : 0;
            executedAt[executor]++;
            boolean pairs = matrix.length == arrivedAt.length;
            matrix[pairs ? call.origin : 0][pairs ? executor : executor == call.origin ? 0 : 1]++;
        } else if (state == EndState.REJECTED && end.reason() != null) {
            rejectedAt[call.origin]++;
            reasons.count(end.reason());
        }
    }

    /** The connection broke, or there never was one. */
    void broken(ClientCall call, long nowNanos, String detail) {
        long gaveUp = call.dueNanos + timeoutNanos;
        unanswered(
                call,
                Math.min(nowNanos, gaveUp),
                nowNanos > gaveUp ? EndState.TIMEOUT : EndState.CONNECTION_ERROR,
                detail);
    }

    /** The run is over before the call is. */
    void cutOff(ClientCall call, long nowNanos) {
        long gaveUp = call.dueNanos + timeoutNanos;
        unanswered(call, Math.min(nowNanos, gaveUp), nowNanos >= gaveUp ? EndState.TIMEOUT : EndState.CUT_OFF, "");
    }

    private void unanswered(ClientCall call, long endNanos, EndState state, String detail) {
        ended++;
        if (call.measured) {
            ends.count(state);
            seconds.ended(endNanos, state, endNanos - call.dueNanos);
        }
        outcomes.accept(new Outcome.Unanswered(call.number, call.dueNanos, call.dueNanos, endNanos, state, detail));
    }

    /** Calls that came due, warm-up included. */
    long due() {
        return due;
    }

    /** Calls that have ended, warm-up included. */
    long ended() {
        return ended;
    }

    long arrived() {
        return arrived;
    }

    long late() {
        return late;
    }

    Histogram latency() {
        return latency;
    }

    Map<EndState, Long> ends() {
        return ends.seen(Function.identity());
    }

    Map<String, Long> reasons() {
        return reasons.seen(Reason::label);
    }

    List<List<Long>> matrix() {
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : matrix) {
            List<Long> cells = new ArrayList<>(row.length);
            for (long cell : row) {
                cells.add(cell);
            }
            rows.add(cells);
        }
        return rows;
    }

    List<RunResult.NodeTally> nodeTallies() {
        List<RunResult.NodeTally> tallies = new ArrayList<>(arrivedAt.length);
        for (int i = 0; i < arrivedAt.length; i++) {
            tallies.add(new RunResult.NodeTally(executors[i].name(), arrivedAt[i], rejectedAt[i], executedAt[i]));
        }
        return tallies;
    }

    List<RunResult.Second> series() {
        return seconds.list();
    }
}
