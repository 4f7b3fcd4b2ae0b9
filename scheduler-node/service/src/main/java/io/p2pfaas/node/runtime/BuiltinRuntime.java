package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Request;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** Runs one built-in function. */
final class BuiltinRuntime implements FunctionRuntime {
    private final Builtin function;
    private final ScheduledExecutorService timer;
    private final ComputePool compute;
    private final Set<BuiltinExecution> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BuiltinRuntime(Builtin function, ScheduledExecutorService timer, ComputePool compute) {
        this.function = function;
        this.timer = timer;
        this.compute = compute;
    }

    @Override
    public Execution start(Request request, long budgetNanos, Listener listener) {
        Ending ending = new Ending(listener);
        BuiltinExecution execution = new BuiltinExecution(this, timer, compute, budgetNanos, ending);
        running.add(execution);
        if (closed) {
            // After adding: either this sees the flag, or close() sees the execution.
            left(execution);
            ending.broken(Reason.FUNCTION_UNREACHABLE, "The function is not there any more.");
        } else if (budgetNanos <= 0) {
            execution.expired();
        } else {
            function.run(request, execution);
        }
        return execution;
    }

    void left(BuiltinExecution execution) {
        running.remove(execution);
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(BuiltinExecution::stopped);
    }
}
