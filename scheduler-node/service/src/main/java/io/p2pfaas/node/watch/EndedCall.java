package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller's call that ended here, and where its time went; all times in nanoseconds.
 *
 * @param id by which its caller knows it
 * @param endedNanos on the node's monotonic clock
 * @param reason null exactly for calls that were done
 * @param path the nodes that had it, this one first
 */
public record EndedCall(
        String id,
        FunctionName function,
        long endedNanos,
        long totalNanos,
        EndState state,
        @Nullable Reason reason,
        List<NodeId> path,
        Parts parts) {
    /**
     * The parts of a call's time. They add up to its total but for what cannot be told apart.
     *
     * @param decisionNanos until it was placed, here and at the node that ran it
     * @param queueNanos waiting for a slot
     * @param forwardNanos on its way between nodes, the answer's way too
     * @param runNanos with the function
     */
    public record Parts(long decisionNanos, long queueNanos, long forwardNanos, long runNanos) {
        static Parts of(End end, Placement placement, long totalNanos) {
            long decision = Math.min(placement.schedulingNanos(), totalNanos);
            if (end.payload() instanceof Outcome.Remote remote) {
                long there = remote.totalNanos();
                long decidedThere = remote.schedulingNanos();
                long run = remote.executionNanos();
                return new Parts(
                        decision + decidedThere,
                        Math.max(0, there - decidedThere - run),
                        Math.max(0, totalNanos - decision - there),
                        run);
            }
            long run = end.payload() instanceof Outcome outcome ? outcome.executionNanos() : 0;
            return new Parts(decision, Math.max(0, totalNanos - decision - run), 0, run);
        }
    }

    /**
     * Of what the brain and the edge know when the caller is told.
     *
     * @param nowNanos on the clock of {@code arrivedNanos}
     */
    public static EndedCall of(String id, Call call, End end, Placement placement, long arrivedNanos, long nowNanos) {
        long total = Math.max(0, nowNanos - arrivedNanos);
        return new EndedCall(
                id,
                call.function(),
                nowNanos,
                total,
                end.state(),
                end.reason(),
                placement.path(),
                Parts.of(end, placement, total));
    }
}
