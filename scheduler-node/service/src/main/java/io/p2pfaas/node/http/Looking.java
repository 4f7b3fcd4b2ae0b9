package io.p2pfaas.node.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioWorker;

/** Looks again and again whether files have changed, for as long as the worker lives; on its task threads. */
final class Looking {
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
        worker.getIoThread().executeAfter(this::now, SECONDS, TimeUnit.SECONDS);
    }

    private void now() {
        try {
            worker.execute(() -> {
                look.run();
                later();
            });
        } catch (RejectedExecutionException ignored) {
            // The node ends.
        }
    }
}
