package io.p2pfaas.node.bench;

import com.sun.management.ThreadMXBean;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.watch.CallStatistics;
import io.p2pfaas.node.watch.EndedCall;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What each call pays for the numbers of the page, whether somebody looks or not: one thread, medians of some rounds.
 * Prints nanoseconds of processor time and bytes per call.
 */
final class WatchCost {
    private static final int CALLS = 2_000_000;
    private static final int ROUNDS = 9;
    private static final FunctionName FUNCTION = new FunctionName("f");

    private final CallStatistics statistics = new CallStatistics();
    private final Outcome outcome =
            new Outcome.Answered(new Response(200, Headers.EMPTY, ByteBuffer.allocate(0)), 1000);
    private final End end = End.done(outcome);
    private final Placement placement = new Placement(List.of(new NodeId("n")), 1000, 0, 0, 0);
    private final Call call =
            new Call(1, FUNCTION, Arrival.CLIENT, List.of(), Long.MAX_VALUE, 0, false, Routing.POLICY, 0, 0, outcome);

    private WatchCost() {}

    public static void main(String[] arguments) {
        WatchCost cost = new WatchCost();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] nanos = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long begun = threads.getCurrentThreadCpuTime();
            cost.calls();
            nanos[round] = (double) (threads.getCurrentThreadCpuTime() - begun) / CALLS;
            bytes[round] = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / CALLS;
        }
        Arrays.sort(nanos);
        Arrays.sort(bytes);
        System.out.printf("%.0f %.0f%n", nanos[ROUNDS / 2], bytes[ROUNDS / 2]);
    }

    /** They end at different times, and few of them are among the slowest. */
    private void calls() {
        for (long i = 0; i < CALLS; i++) {
            statistics.executed(FUNCTION, false, outcome.executionNanos());
            statistics.ended(EndedCall.of("id", call, end, placement, 0, 100_000 + i % 1000));
        }
    }
}
