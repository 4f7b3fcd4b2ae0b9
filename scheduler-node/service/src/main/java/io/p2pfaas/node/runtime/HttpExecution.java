package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.undertow.client.ClientConnection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * One call of the function: a connection, an attempt, at most one more attempt, an end. Lives on its pool's I/O thread;
 * only {@link #abort()} comes from elsewhere.
 */
final class HttpExecution implements FunctionRuntime.Execution, HttpPool.Waiter {
    private final HttpPool pool;
    private final Request request;
    private final long budgetNanos;
    private final Ending ending;
    private XnioExecutor.@Nullable Key deadline;
    private XnioExecutor.@Nullable Key connectDeadline;
    private @Nullable HttpAttempt attempt;
    private boolean reused;
    private boolean repeated;

    HttpExecution(HttpPool pool, Request request, long budgetNanos, Ending ending) {
        this.pool = pool;
        this.request = request;
        this.budgetNanos = budgetNanos;
        this.ending = ending;
    }

    /** Starts it; on the I/O thread. */
    void begin() {
        if (ending.isTold()) {
            return;
        }
        if (!pool.enter(this)) {
            ending.broken(Reason.FUNCTION_UNREACHABLE, "The function is not there any more.");
            return;
        }
        long leftNanos = leftNanos();
        if (leftNanos <= 0) {
            expired();
            return;
        }
        try {
            deadline = after(leftNanos, this::expired);
            ClientConnection idle = pool.takeIdle();
            if (idle != null) {
                reused = true;
                attempt(idle);
            } else {
                connect();
            }
        } catch (RejectedExecutionException ignored) {
            // The worker is shutting down, which its owner knows.
            broken(Reason.NODE_STOPPED, "The node is stopping.");
        }
    }

    private long leftNanos() {
        return budgetNanos - (System.nanoTime() - ending.startedNanos());
    }

    private void connect() {
        reused = false;
        connectDeadline = after(
                pool.limits().connectTimeout().toNanos(),
                () -> unreachable("The function did not accept a connection in time."));
        pool.connect(this);
    }

    @Override
    public boolean connected(ClientConnection connection) {
        if (ending.isTold()) {
            return false;
        }
        cancel(connectDeadline);
        connectDeadline = null;
        attempt(connection);
        return true;
    }

    private void attempt(ClientConnection connection) {
        if (leftNanos() <= 0) {
            // The connection was faster than the timer, as it is when the machine stood still.
            pool.release(connection, 0);
            expired();
            return;
        }
        HttpAttempt next = new HttpAttempt(this, pool, connection, request);
        attempt = next;
        next.begin();
    }

    @Override
    public void unreachable(String detail) {
        // After a first attempt that broke, the function may have seen the call all the same.
        broken(repeated ? Reason.FUNCTION_BROKEN : Reason.FUNCTION_UNREACHABLE, detail);
    }

    /**
     * The connection broke.
     *
     * @param silently true if no answer had begun and nothing was wrong with what came
     */
    void connectionLost(boolean silently) {
        // A server may close a connection just as it is used again. Whether it had read the request by then cannot be
        // known, so only what may run twice is sent again: the one thing worse than a lost POST is two of them.
        if (silently && reused && !repeated && isRepeatable(request.method()) && !ending.isTold()) {
            repeated = true;
            connect();
        } else {
            broken(Reason.FUNCTION_BROKEN, "The function broke the connection or answered something that is not HTTP.");
        }
    }

    private static boolean isRepeatable(String method) {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS" -> true;
            default -> false;
        };
    }

    void answered(Response response) {
        leave();
        ending.answered(response);
    }

    void broken(Reason reason, String detail) {
        leave();
        ending.broken(reason, detail);
    }

    private void expired() {
        broken(Reason.EXPIRED_RUNNING, "The function did not answer in time.");
    }

    /** The runtime is closed; on the I/O thread. */
    void stopped() {
        broken(Reason.NODE_STOPPED, "The function was stopped while it ran.");
    }

    @Override
    public void abort() {
        if (ending.isTold()) {
            return;
        }
        try {
            pool.thread().execute(() -> {
                if (!ending.isTold()) {
                    broken(Reason.FUNCTION_BROKEN, "The execution was aborted.");
                }
            });
        } catch (RejectedExecutionException ignored) {
            // The thread is gone, and the connection with it.
            ending.broken(Reason.FUNCTION_BROKEN, "The node is stopping.");
        }
    }

    private void leave() {
        pool.leave(this);
        cancel(deadline);
        cancel(connectDeadline);
        HttpAttempt last = attempt;
        if (last != null) {
            last.abort();
        }
    }

    /** XNIO counts in milliseconds and cuts off: one more, so that nothing ends before its time. */
    private XnioExecutor.Key after(long nanos, Runnable action) {
        return pool.thread().executeAfter(action, TimeUnit.NANOSECONDS.toMillis(nanos) + 1, TimeUnit.MILLISECONDS);
    }

    private static void cancel(XnioExecutor.@Nullable Key key) {
        if (key != null) {
            key.remove();
        }
    }
}
