package io.p2pfaas.plugin;

import java.util.function.Supplier;

/**
 * Lets a policy look at a node while it is asked, and not a moment longer: the state behind belongs to the node, and
 * may be looked at only while the node waits for the answer.
 */
final class Gate {
    private boolean closed;

    synchronized <T> T pass(Supplier<T> look) {
        if (closed) {
            throw new IllegalStateException(
                    "this decision is over: what a policy is shown is valid only during decide");
        }
        return look.get();
    }

    /** Waits for a look that is under way; those are short, since no code of a plug-in runs in them. */
    synchronized void close() {
        closed = true;
    }
}
