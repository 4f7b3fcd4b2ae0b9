package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Request;
import io.undertow.connector.ByteBufferPool;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Runs a function by calling an HTTP server that is already there.
 *
 * <p>A call that starts on one of the worker's I/O threads stays on it, request, answer and listener included; any other
 * is handed to one of them. Each thread has connections of its own. Redirects are answers like any other. A request is
 * sent a second time only if a kept connection broke before an answer began, and only for methods that may be repeated.
 *
 * <p>An answer that the function sends before the real one (1xx other than 100) counts as broken.
 */
public final class HttpRuntime implements FunctionRuntime {
    private final XnioWorker worker;
    private final ByteBufferPool buffers;
    private final HttpTarget target;
    private final HttpLimits limits;
    private final Map<XnioIoThread, HttpPool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * A runtime that calls {@code target}; nothing is connected yet.
     *
     * @param worker the entrance's worker; it must outlive the runtime, and its task threads resolve names
     * @param target {@code http://host[:port][/path]}; a call's own path is appended
     * @throws IllegalArgumentException for other targets
     */
    public HttpRuntime(XnioWorker worker, ByteBufferPool buffers, URI target, HttpLimits limits) {
        this.worker = worker;
        this.buffers = buffers;
        this.target = new HttpTarget(target);
        this.limits = limits;
    }

    @Override
    public Execution start(Request request, long budgetNanos, Listener listener) {
        Ending ending = new Ending(listener);
        XnioIoThread current = XnioIoThread.currentThread();
        boolean here = current != null && current.getWorker() == worker;
        HttpPool pool = poolOf(here && current != null ? current : worker.getIoThread());
        HttpExecution execution = new HttpExecution(pool, request, budgetNanos, ending);
        if (closed) {
            ending.broken(Reason.FUNCTION_UNREACHABLE, "The function is not there any more.");
        } else if (!EndToEnd.isToken(request.method()) || request.method().equals("CONNECT")) {
            // CONNECT would turn the connection into a tunnel that nobody here is at the end of.
            ending.broken(Reason.FUNCTION_BROKEN, "Functions cannot be called with this method.");
        } else if (here) {
            execution.begin();
        } else {
            try {
                pool.thread().execute(execution::begin);
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down, which its owner knows.
                ending.broken(Reason.NODE_STOPPED, "The node is stopping.");
            }
        }
        return execution;
    }

    private HttpPool poolOf(XnioIoThread thread) {
        HttpPool pool = pools.get(thread);
        return pool != null
                ? pool
                : pools.computeIfAbsent(thread, owner -> new HttpPool(owner, buffers, target, limits));
    }

    @Override
    public void close() {
        closed = true;
        for (HttpPool pool : pools.values()) {
            try {
                pool.thread().execute(pool::close);
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down and closes all connections itself.
            }
        }
    }
}
