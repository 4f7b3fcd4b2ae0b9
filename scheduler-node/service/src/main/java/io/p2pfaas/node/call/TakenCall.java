package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Payload;

/** What every edge attaches to a call that it takes in. */
public interface TakenCall extends Payload {
    /** What the function is to be given. The body is empty while it is still with the call's origin. */
    Request request();

    /** When the call reached this node, on its monotonic clock. */
    long arrivedNanos();
}
