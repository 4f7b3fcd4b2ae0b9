package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one end of an execution: whoever comes first tells the listener, everybody else is too late. Thread-safe. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final FunctionRuntime.Listener listener;
    private final AtomicBoolean told = new AtomicBoolean();
    private final long startedNanos = System.nanoTime();

    Ending(FunctionRuntime.Listener listener) {
        this.listener = listener;
    }

    /** When the execution started, by {@link System#nanoTime()}. */
    long startedNanos() {
        return startedNanos;
    }

    boolean isTold() {
        return told.get();
    }

    /** False if the end was told before. */
    boolean answered(Response response) {
        return claim() && tell(new Outcome.Answered(response, System.nanoTime() - startedNanos));
    }

    /** False if the end was told before. */
    boolean broken(Reason reason, String detail) {
        return claim() && tell(new Outcome.Broken(reason, detail, System.nanoTime() - startedNanos));
    }

    private boolean claim() {
        return told.compareAndSet(false, true);
    }

    private boolean tell(Outcome outcome) {
        try {
            listener.ended(outcome);
        } catch (RuntimeException e) {
            // A fault of the listener must not take the I/O thread or the pool's thread that tells it down.
            LOG.error("listener_failed outcome={}", outcome.getClass().getSimpleName(), e);
        }
        return true;
    }
}
