package io.p2pfaas.node.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioWorker;

/** Looks again and again whether files have changed, for as long as the worker lives; on its task threads. */
final class Looking {
    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
    private static final long SECONDS = 5;

    private final XnioWorker worker;
    private final Runnable look;

    private Looking(XnioWorker worker, Runnable look) {
        this.worker = worker;
        this.look = look;
    }

    /** Begins. */
    static void begin(XnioWorker worker, Runnable look) {
        new Looking(worker, look).later();
    }

    private void later() {
        try {
            worker.getIoThread().executeAfter(this::now, SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException ignored) {
            // The node ends.
        }
    }

    private void now() {
        try {
            worker.execute(() -> {
                try {
                    look.run();
                } catch (RuntimeException unexpected) {
                    LOG.error("files that may have changed could not be looked at", unexpected);
                }
                later();
            });
        } catch (RejectedExecutionException ignored) {
            // The node ends.
        }
    }
}
