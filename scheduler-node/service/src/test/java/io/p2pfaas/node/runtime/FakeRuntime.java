package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A runtime for tests, in virtual time: an execution ends when the test says so, when {@link #advance} passes its budget,
 * by abort, or by close. Thread-safe; listeners are told on the calling thread, outside of locks.
 */
public final class FakeRuntime implements FunctionRuntime {
    private final List<Running> all = new ArrayList<>();
    private final Function<Request, Response> answers;
    private final boolean holding;
    private long nowNanos;
    private boolean closed;

    private FakeRuntime(boolean holding, Function<Request, Response> answers) {
        this.holding = holding;
        this.answers = answers;
    }

    /** Answers each call before {@code start} returns. */
    public static FakeRuntime answering(Function<Request, Response> answers) {
        return new FakeRuntime(false, answers);
    }

    /** Leaves each call running until the test ends it. */
    public static FakeRuntime holding() {
        return new FakeRuntime(true, request -> {
            throw new IllegalStateException("the test answers");
        });
    }

    @Override
    public Execution start(Request request, long budgetNanos, Listener listener) {
        Running running;
        boolean refused;
        synchronized (this) {
            running = new Running(request, nowNanos, nowNanos + budgetNanos, listener);
            refused = closed;
            all.add(running);
        }
        if (refused) {
            running.breakWith(Reason.FUNCTION_UNREACHABLE, "The function is not there any more.");
        } else if (budgetNanos <= 0) {
            running.breakWith(Reason.EXPIRED_RUNNING, "The function did not answer in time.");
        } else if (!holding) {
            running.answer(answers.apply(request));
        }
        return running;
    }

    /** Lets time pass; executions whose budget is over by then expire. */
    public void advance(long nanos) {
        List<Running> over;
        synchronized (this) {
            nowNanos += nanos;
            over = all.stream()
                    .filter(running -> running.deadlineNanos <= nowNanos)
                    .toList();
        }
        over.forEach(running -> running.breakWith(Reason.EXPIRED_RUNNING, "The function did not answer in time."));
    }

    /** Every call so far, in the order of their starts. */
    public synchronized List<Running> started() {
        return List.copyOf(all);
    }

    /** How many calls have not ended. */
    public long runningCount() {
        return started().stream().filter(running -> !running.isOver()).count();
    }

    @Override
    public void close() {
        List<Running> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(all);
        }
        left.forEach(running -> running.breakWith(Reason.NODE_STOPPED, "The function was stopped while it ran."));
    }

    private synchronized long now() {
        return nowNanos;
    }

    /** One call of the function. */
    public final class Running implements Execution {
        private final Request request;
        private final long startedNanos;
        private final long deadlineNanos;
        private final Listener listener;
        private boolean aborted;
        private boolean over;

        private Running(Request request, long startedNanos, long deadlineNanos, Listener listener) {
            this.request = request;
            this.startedNanos = startedNanos;
            this.deadlineNanos = deadlineNanos;
            this.listener = listener;
        }

        /** What the function was given. */
        public Request request() {
            return request;
        }

        /** Ends it with an answer; no effect if it has ended. */
        public void answer(Response response) {
            if (end()) {
                listener.ended(new Outcome.Answered(response, now() - startedNanos));
            }
        }

        /** Ends it without an answer; no effect if it has ended. */
        public void breakWith(Reason reason, String detail) {
            if (end()) {
                listener.ended(new Outcome.Broken(reason, detail, now() - startedNanos));
            }
        }

        @Override
        public void abort() {
            synchronized (this) {
                aborted = true;
            }
            breakWith(Reason.FUNCTION_BROKEN, "The execution was aborted.");
        }

        /** True if somebody asked to end it. */
        public synchronized boolean wasAborted() {
            return aborted;
        }

        /** True if its listener was told. */
        public synchronized boolean isOver() {
            return over;
        }

        private synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }
    }
}
