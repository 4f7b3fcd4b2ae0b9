package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Reason;

/** What is left when nobody else can be asked any more. */
final class LastTry {
    private LastTry() {}

    /** Here, if there is room by now; else the call is lost, for want of a taker if somebody was asked. */
    static Decision here(CallView call, Load own) {
        if (own.hasRoom() || call.attempts().isEmpty()) {
            return new Decision.RunHere(true);
        }
        return new Decision.Reject(Reason.NO_TAKER);
    }
}
