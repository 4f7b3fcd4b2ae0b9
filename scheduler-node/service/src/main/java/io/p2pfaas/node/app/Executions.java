package io.p2pfaas.node.app;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.CallLog;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TakenCall;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.runtime.Deployed;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.FunctionRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs calls on the runtimes of their functions and tells the brain how they ended. As many at once as slots. */
final class Executions {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private final NodeLoop loop;
    private final Deployments deployments;
    private final ExecutionObserver observer;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();

    /** Is told of each execution, for metrics. */
    @FunctionalInterface
    interface ExecutionObserver {
        void ended(Call call, Outcome outcome);
    }

    Executions(NodeLoop loop, Deployments deployments, ExecutionObserver observer) {
        this.loop = loop;
        this.deployments = deployments;
        this.observer = observer;
    }

    void start(Effect.Execute execute) {
        Call call = execute.call();
        Running started = new Running(call);
        running.put(call.id(), started);
        TakenCall taken = (TakenCall) call.payload();
        TracedCall traced = taken.noted().traced();
        Request request = traced == null ? taken.request() : traced.toFunction(taken.request(), loop.nowNanos());
        try {
            if (call.deadlineNanos() <= loop.nowNanos()) {
                // It was decided in time, and the thread that brings it here was held up.
                started.ended(new Outcome.Broken(Reason.EXPIRED_QUEUED, "", 0));
                return;
            }
            FunctionRuntime.Execution execution = null;
            while (execution == null) {
                Deployed deployed = deployments.find(call.function());
                if (deployed == null) {
                    started.ended(new Outcome.Broken(Reason.FUNCTION_UNREACHABLE, "the function is not here", 0));
                    return;
                }
                // Null if the function was replaced just now: then its successor is there already.
                execution = deployed.start(request, call.deadlineNanos() - loop.nowNanos(), started);
            }
            started.runs(execution);
        } catch (RuntimeException | LinkageError failed) {
            // Whatever a runtime does, the slot must come back.
            CallLog.about(call, () -> LOG.error("function {} could not be started", call.function(), failed));
            started.ended(new Outcome.Broken(Reason.FUNCTION_BROKEN, "it could not be started", 0));
        }
    }

    void abort(Effect.AbortExecution abort) {
        Running aborted = running.get(abort.callId());
        if (aborted != null) {
            aborted.abort();
        }
    }

    private final class Running implements FunctionRuntime.Listener {
        private final Call call;
        private FunctionRuntime.@Nullable Execution execution;
        private boolean aborted;

        Running(Call call) {
            this.call = call;
        }

        void runs(FunctionRuntime.Execution started) {
            boolean abortNow;
            synchronized (this) {
                execution = started;
                abortNow = aborted;
            }
            if (abortNow) {
                started.abort();
            }
        }

        void abort() {
            FunctionRuntime.Execution known;
            synchronized (this) {
                aborted = true;
                known = execution;
            }
            if (known != null) {
                known.abort();
            }
        }

        @Override
        public void ended(Outcome outcome) {
            if (!running.remove(call.id(), this)) {
                // Told already, when its start failed.
                return;
            }
            TracedCall traced = ((TakenCall) call.payload()).noted().traced();
            if (traced != null) {
                traced.executed(outcome, loop.nowNanos());
            }
            observer.ended(call, outcome);
            End end = outcome instanceof Outcome.Broken broken
                    ? new End(broken.reason().endState(), broken.reason(), outcome)
                    : End.done(outcome);
            loop.offer(new Event.ExecutionEnded(call.id(), end));
        }
    }
}
