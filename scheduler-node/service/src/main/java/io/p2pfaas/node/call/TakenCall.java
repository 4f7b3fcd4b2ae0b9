package io.p2pfaas.node.call;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.Payload;
import org.jspecify.annotations.Nullable;

/** What every edge attaches to a call that it takes in. */
public interface TakenCall extends Payload {
    /** What the function is to be given. The body is empty while it is still with the call's origin. */
    Request request();

    /** When the call reached this node, on its monotonic clock. */
    long arrivedNanos();

    /** What is noted of it while it is under way. */
    default Noted noted() {
        return Noted.NOTHING;
    }

    @Override
    default @Nullable CallTrail trail() {
        return noted().trail();
    }
}
