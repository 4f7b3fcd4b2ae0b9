package io.p2pfaas.load.live;

import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what the answers say: reasons, origins and executors, seconds. Calls of the warm-up are left out. Told by the
 * pacing thread, read when the run is over.
 */
final class RunBook {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Reasons come from the network, so their number is bounded. */
    private static final int MAX_REASONS = 50;

    private static final int ARRIVED = 0;
    private static final int DONE = 1;
    private static final int REJECTED = 2;
    private static final int FAILED = 3;
    private static final int LATENCY = 4;
    private static final int COLUMNS = 5;

    private static final String OTHERS = "other";

    private final Agenda agenda;
    private final LivePoint point;
    private final List<String> ids;
    private final long warmupNanos;
    private final Map<String, Integer> rows = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final long[][] matrix;
    private final long[] arrived;
    private final long[] rejected;
    private final long[] executed;
    private final List<long[]> seconds = new ArrayList<>();
    private long late;
    private long deviceCalls;
    private long deviceAnswers;

    /** @param ids of the nodes, in the order of {@link PlannedCall#node} */
    RunBook(Agenda agenda, LivePoint point, List<String> ids, Duration warmup) {
        this.agenda = agenda;
        this.point = point;
        this.ids = List.copyOf(ids);
        warmupNanos = warmup.toNanos();
        ids.forEach(id -> rows.put(id, rows.size()));
        matrix = new long[ids.size()][ids.size()];
        arrived = new long[ids.size()];
        rejected = new long[ids.size()];
        executed = new long[ids.size()];
    }

    void onEnd(Outcome outcome) {
        if (outcome.dueNanos() < warmupNanos) {
            return;
        }
        PlannedCall call = agenda.call(outcome.call());
        Via via = point.clients().get(call.client()).via();
        boolean originKnown = via != Via.MQTT311;
        if (originKnown) {
            arrived[call.node()]++;
        }
        second(outcome.dueNanos())[ARRIVED]++;
        long endNanos = outcome instanceof Outcome.Sent sent ? sent.endNanos() : outcome.dueNanos();
        long[] second = second(endNanos);
        switch (outcome.state()) {
            case OK -> onDone(call, (Outcome.Answered) outcome, originKnown, second);
            case REJECTED -> {
                second[REJECTED]++;
                if (originKnown) {
                    rejected[call.node()]++;
                }
                String reason = ((Outcome.Answered) outcome).reason();
                String key = reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : OTHERS;
                reasons.merge(key, 1L, Long::sum);
            }
            default -> second[FAILED]++;
        }
        if (via != Via.HTTP && outcome instanceof Outcome.Sent) {
            deviceCalls++;
            deviceAnswers += outcome instanceof Outcome.Answered ? 1 : 0;
        }
    }

    private void onDone(PlannedCall call, Outcome.Answered answer, boolean originKnown, long[] second) {
        second[DONE]++;
        second[LATENCY] += answer.latencyNanos();
        PayloadSpec payload = point.payloads().get(call.payload());
        Duration deadline = payload.deadline();
        if (deadline != null && answer.latencyNanos() > deadline.toNanos()) {
            late++;
        }
        Integer ranOn = answer.executor().equals(Executor.LOCAL)
                ? Integer.valueOf(call.node())
                : rows.get(answer.executor().name());
        if (originKnown && ranOn != null) {
            executed[ranOn]++;
            matrix[call.node()][ranOn]++;
        }
    }

    private long[] second(long atNanos) {
        int second = (int) Math.max(0, (atNanos - warmupNanos) / SECOND_NANOS);
        while (seconds.size() <= second) {
            seconds.add(new long[COLUMNS]);
        }
        return seconds.get(second);
    }

    long late() {
        return late;
    }

    Map<String, Long> reasons() {
        return reasons;
    }

    /** Measured calls that devices published. */
    long deviceCalls() {
        return deviceCalls;
    }

    /** Those of them that were answered. */
    long deviceAnswers() {
        return deviceAnswers;
    }

    /** Answered calls whose origin and executor are both known. */
    List<List<Long>> matrix() {
        List<List<Long>> all = new ArrayList<>();
        for (long[] row : matrix) {
            List<Long> copy = new ArrayList<>();
            for (long cell : row) {
                copy.add(cell);
            }
            all.add(copy);
        }
        return all;
    }

    List<RunResult.NodeTally> nodes() {
        List<RunResult.NodeTally> all = new ArrayList<>();
        for (int node = 0; node < ids.size(); node++) {
            all.add(new RunResult.NodeTally(ids.get(node), arrived[node], rejected[node], executed[node]));
        }
        return all;
    }

    List<RunResult.Second> seconds() {
        List<RunResult.Second> all = new ArrayList<>();
        for (long[] counts : seconds) {
            double latency = counts[DONE] == 0 ? 0 : (double) counts[LATENCY] / counts[DONE];
            all.add(new RunResult.Second(
                    all.size(), counts[ARRIVED], counts[DONE], counts[REJECTED], counts[FAILED], latency));
        }
        return all;
    }
}
