package io.p2pfaas.load.cli;

import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The line of one simulated point, over all its repetitions. Times are in mean service times.
 *
 * @param settings what was simulated, in the order of {@link #HEADER}
 */
record SimulationRow(
        List<String> settings,
        Interval pB,
        double pE,
        double meanDelay,
        double p50,
        double p99,
        double messagesPerCall,
        double packetsPerCall) {
    static final String HEADER = "scheduler,nodes,slots,queue,service,rho,delay,calls,reps,"
            + "pB,pB_halfwidth,pE,mean_delay,p50,p99,messages_per_call,packets_per_call";
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;
    private static final String MEMBERSHIP = "membership";
    private static final String TO_BROKER = "-in";

    static SimulationRow of(List<String> settings, List<RunResult> repetitions) {
        Histogram latency = new Histogram(3);
        long arrived = 0;
        long messages = 0;
        long packets = 0;
        for (RunResult result : repetitions) {
            latency.add(HistogramText.parse(result.latency()));
            arrived += result.arrived();
            for (Map.Entry<String, Long> kind : result.packets().entrySet()) {
                packets += kind.getValue();
                boolean isMessage =
                        kind.getKey().endsWith(TO_BROKER) && !kind.getKey().startsWith(MEMBERSHIP);
                messages += isMessage ? kind.getValue() : 0;
            }
        }
        double serviceNanos = repetitions.get(0).serviceNanos();
        return new SimulationRow(
                settings,
                Interval.of(repetitions.stream().mapToDouble(RunResult::pB).toArray()),
                repetitions.stream().mapToDouble(RunResult::pE).average().orElseThrow(),
                latency.getMean() / serviceNanos,
                latency.getValueAtPercentile(MEDIAN) / serviceNanos,
                latency.getValueAtPercentile(TAIL) / serviceNanos,
                (double) messages / arrived,
                (double) packets / arrived);
    }

    /** The cells as text, numbers with six digits. */
    List<String> cells() {
        List<String> cells = new ArrayList<>(settings);
        for (double value :
                new double[] {pB.mean(), pB.halfWidth(), pE, meanDelay, p50, p99, messagesPerCall, packetsPerCall}) {
            cells.add(String.format(Locale.ROOT, "%.6f", value));
        }
        return cells;
    }

    /** One line of CSV; a scheduler with parameters has commas and is quoted. */
    String csv() {
        return String.join(
                ",",
                cells().stream()
                        .map(cell -> cell.contains(",") ? '"' + cell + '"' : cell)
                        .toList());
    }
}
