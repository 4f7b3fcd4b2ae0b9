package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Placement;

/** A call whose caller waits at one of this node's edges. */
public interface CallerCall extends TakenCall {
    /** Tells the caller how the call ended. Called exactly once, on any thread; must not block. */
    void reply(Call call, End end, Placement placement);
}
