package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Placement;

/** A call whose caller waits at one of this node's edges. */
public interface CallerCall extends TakenCall {
    /** Tells the caller how the call ended. Called exactly once, on any thread; must not block. */
    void reply(Call call, End end, Placement placement);

    /**
     * By which it is told to anybody who looks at this node.
     *
     * @param number the node's own for it
     */
    default String shownId(long number) {
        return CallId.of(request(), number);
    }
}
