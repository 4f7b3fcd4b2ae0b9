package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.plan.Experiment.Via;
import java.util.ArrayList;
import java.util.List;

/** All that the journal says of one call. */
final class CallPage {
    final Entry.Sent sent;
    final List<Entry.Ended> ends = new ArrayList<>(1);
    final List<Entry.Began> executions = new ArrayList<>(1);
    int strays;

    CallPage(Entry.Sent sent) {
        this.sent = sent;
    }

    /** When its caller saw the end; when it was sent, if that is not known. */
    long endNanos() {
        return ends.isEmpty() ? sent.atNanos() : ends.get(0).atNanos();
    }

    boolean isOfBroker() {
        return sent.via() != Via.HTTP;
    }

    /** Whether it can have been with this node, or come through the broker. */
    boolean entersBy(String target) {
        if (target.equals(Fault.BROKER)) {
            return isOfBroker();
        }
        return sent.entrance().isEmpty() || target.equals(sent.entrance());
    }
}
