package io.p2pfaas.load.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one repetition of one point of an experiment came to, simulated or live; the warm-up is not in it. Both worlds
 * write the same record, so that reports can lay one over the other. Stored as one line of JSON.
 *
 * @param world where it ran
 * @param point the settings of the grid, by axis name
 * @param repetition from 0; the same repetition of points that differ in the scheduler only has the same arrivals
 * @param seed of this repetition
 * @param nodes N
 * @param measuredNanos length of the measurement, in the world's own time
 * @param serviceNanos S, the mean service time that the experiment names
 * @param arrived calls that came due in the measurement
 * @param ends how those calls ended, by {@link EndState}; the sum is {@code arrived}
 * @param reasons rejected calls by the reason that the node gave
 * @param late answered calls that missed their deadline; 0 if there are none
 * @param latency of answered calls, from the due time, in nanoseconds: a compressed HdrHistogram in Base64
 * @param sampleAge age of the load samples that decisions used, likewise; empty if unknown
 * @param matrix answered calls by origin (row) and executor (column), in the order of {@code nodeTallies}; in clusters
 *     of more than 256 nodes just one row of two that counts: those that ran at their origin, those that ran elsewhere; calls of which
 *     one is not known, such as those of MQTT 3.1.1 devices, are missing here and in {@code nodeTallies}
 * @param nodeTallies counts by node
 * @param packets packets that the broker received or sent for these calls, by kind
 * @param series counts second by second
 * @param sendLag lateness of the generator itself, in nanoseconds, a histogram as above; empty in simulations
 * @param wallSeconds how long the run took in real time, warm-up and drain included
 */
public record RunResult(
        World world,
        Map<String, String> point,
        int repetition,
        long seed,
        int nodes,
        long measuredNanos,
        double serviceNanos,
        long arrived,
        Map<EndState, Long> ends,
        Map<String, Long> reasons,
        long late,
        String latency,
        String sampleAge,
        List<List<Long>> matrix,
        List<NodeTally> nodeTallies,
        Map<String, Long> packets,
        List<Second> series,
        String sendLag,
        double wallSeconds) {
    public RunResult {
        point = copy(point);
        ends = copy(ends);
        reasons = copy(reasons);
        matrix = matrix.stream().map(List::copyOf).toList();
        nodeTallies = List.copyOf(nodeTallies);
        packets = copy(packets);
        series = List.copyOf(series);
    }

    private static <K, V> Map<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Where an experiment runs. */
    public enum World {
        SIMULATED,
        LIVE
    }

    /**
     * Counts of one node.
     *
     * @param arrived calls that came to this node from clients
     * @param rejected those of them that were rejected
     * @param executed answered calls that ran here, whoever got them first
     */
    public record NodeTally(String node, long arrived, long rejected, long executed) {}

    /**
     * Counts of one second.
     *
     * @param second from the start of the measurement
     * @param latencyNanos mean of those that were answered in it
     */
    public record Second(int second, long arrived, long done, long rejected, long failed, double latencyNanos) {}

    /** Calls that ended so. */
    public long ended(EndState state) {
        return ends.getOrDefault(state, 0L);
    }

    /** Rejected calls as a share of those that came; failures are not losses to overload. NaN if none came. */
    public double pB() {
        return arrived == 0 ? Double.NaN : (double) ended(EndState.REJECTED) / arrived;
    }

    /** Answered calls that another node ran, as a share of those that came. NaN if none came. */
    public double pE() {
        long away = 0;
        for (int origin = 0; origin < matrix.size(); origin++) {
            for (int executor = 0; executor < matrix.get(origin).size(); executor++) {
                away += origin == executor ? 0 : matrix.get(origin).get(executor);
            }
        }
        return arrived == 0 ? Double.NaN : (double) away / arrived;
    }
}
