package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Runs a function by starting a program for each call, as classic FaaS watchdogs do: the body is its standard input, its
 * standard output is the answer, and what it writes to standard error is its log. Exit code 0 is status 200, any other
 * 500. A call that is over ends the program and all that it started; what made itself independent of it is ended too if it
 * still holds the program's outputs, and goes on if it does not.
 */
final class ExecRuntime implements FunctionRuntime, LogSource {
    private static final int MOST_ABANDONED = 32;

    private final ExecSpec spec;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final int maxAnswerBytes;
    private final ExecLog log = new ExecLog();
    private final Queue<Future<?>> abandoned = new ConcurrentLinkedQueue<>();
    private final Set<ExecExecution> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ExecRuntime(ExecSpec spec, ExecutorService threads, ScheduledExecutorService timer, int maxAnswerBytes) {
        this.spec = spec;
        this.threads = threads;
        this.timer = timer;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    @Override
    public Execution start(Request request, long budgetNanos, Listener listener) {
        Ending ending = new Ending(listener);
        ExecExecution execution = new ExecExecution(this, request, ending);
        running.add(execution);
        if (closed) {
            // After adding: either this sees the flag, or close() sees the execution.
            running.remove(execution);
            ending.broken(Reason.FUNCTION_UNREACHABLE, "The function is not there any more.");
        } else if (isOverrun()) {
            running.remove(execution);
            ending.broken(
                    Reason.FUNCTION_UNREACHABLE,
                    "What programs of earlier calls started goes on and holds their output open.");
        } else {
            execution.begin(budgetNanos);
        }
        return execution;
    }

    /** Threads read these for as long as somebody holds the other end: something that could not be found and ended. */
    void abandoned(Future<?>... readings) {
        abandoned.addAll(List.of(readings));
    }

    private boolean isOverrun() {
        if (abandoned.isEmpty()) {
            return false;
        }
        abandoned.removeIf(Future::isDone);
        return abandoned.size() >= MOST_ABANDONED;
    }

    ExecSpec spec() {
        return spec;
    }

    ExecutorService threads() {
        return threads;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    ExecLog log() {
        return log;
    }

    void left(ExecExecution execution) {
        running.remove(execution);
    }

    @Override
    public LogStream logs(LogQuery query, LogSink sink) {
        return log.read(query, sink, threads);
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(ExecExecution::stopped);
        log.close();
    }
}
