package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.SchedulerFields;
import io.p2pfaas.node.loop.NodeLoop;
import java.util.List;

/**
 * A call that is here whole and may be offered to the node, more than once if the node has no room at first.
 *
 * @param idempotent whether it may be run twice
 * @param arrivedNanos on the loop's clock
 * @param noted what is noted of it while it is under way
 */
record Offering(
        FunctionName function, Request request, boolean idempotent, long arrivedNanos, CallTrace trace, Noted noted) {
    /** Offers it on behalf of {@code caller}, who is told how it ends. */
    void to(NodeLoop loop, CallerCall caller, long deadlineNanos) {
        SchedulerFields asked = SchedulerFields.of(request.headers());
        Call call = new Call(
                loop.nextCallId(),
                function,
                Arrival.CLIENT,
                List.of(),
                deadlineNanos,
                request.body().remaining(),
                idempotent,
                asked.routing(),
                asked.taskType(),
                asked.wantedWithinNanos(),
                caller);
        loop.offer(new Event.CallArrived(call));
    }
}
