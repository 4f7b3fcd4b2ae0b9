package io.p2pfaas.load.sim;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of measured calls, second by second of virtual time, from the start of the measurement on. */
final class Seconds {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int ARRIVED = 0;
    private static final int DONE = 1;
    private static final int REJECTED = 2;
    private static final int FAILED = 3;
    private static final int LATENCY = 4;
    private static final int COLUMNS = 5;

    private final long startNanos;
    private long[] cells = new long[COLUMNS * 64];
    private int size;

    Seconds(long startNanos) {
        this.startNanos = startNanos;
    }

    void arrived(long atNanos) {
        // First the row, for which the array may grow.
        int row = row(atNanos);
        cells[row + ARRIVED]++;
    }

    void ended(long atNanos, EndState state, long latencyNanos) {
        int row = row(atNanos);
        if (state == EndState.OK) {
            cells[row + DONE]++;
            cells[row + LATENCY] += latencyNanos;
        } else {
            cells[row + (state == EndState.REJECTED ? REJECTED : FAILED)]++;
        }
    }

    private int row(long atNanos) {
        int second = (int) ((atNanos - startNanos) / SECOND_NANOS);
        size = Math.max(size, second + 1);
        if (COLUMNS * size > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(2 * cells.length, COLUMNS * size));
        }
        return COLUMNS * second;
    }

    List<RunResult.Second> list() {
        List<RunResult.Second> list = new ArrayList<>(size);
        for (int second = 0; second < size; second++) {
            int row = COLUMNS * second;
            long done = cells[row + DONE];
            list.add(new RunResult.Second(
                    second,
                    cells[row + ARRIVED],
                    done,
                    cells[row + REJECTED],
                    cells[row + FAILED],
                    done == 0 ? 0 : (double) cells[row + LATENCY] / done));
        }
        return list;
    }
}
