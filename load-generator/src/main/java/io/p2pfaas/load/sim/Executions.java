package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Event;
import java.util.ArrayList;
import java.util.List;

/** What runs on one node: how long it takes there, and its end. */
final class Executions {
    private static final End DONE = End.done(Payload.NONE);

    private final SimNode node;
    private final Timeline time;
    private final Setup.Work work;
    private final double speed;
    private final List<Execution> running = new ArrayList<>();
    private long idleSinceNanos = Long.MIN_VALUE / 2;

    Executions(SimNode node, Timeline time, Setup.Work work, double speed) {
        this.node = node;
        this.time = time;
        this.work = work;
        this.speed = speed;
    }

    void start(Call call) {
        if (!(call.payload() instanceof ClientCall client)) {
            throw new IllegalStateException("a call that no client made: " + call);
        }
        long now = time.nowNanos();
        double nanos = client.serviceNanos / speed;
        if (work.coldStartNanos() > 0 && running.isEmpty() && now - idleSinceNanos >= work.coldAfterNanos()) {
            nanos += work.coldStartNanos();
        }
        Execution execution = new Execution(this, call.id(), running.size());
        running.add(execution);
        time.plan(now + (long) nanos, execution);
    }

    /** It ends now, and its slot is free as soon as the node hears of it. */
    void abort(long callId) {
        for (Execution execution : running) {
            if (execution.callId == callId) {
                remove(execution);
                time.plan(time.nowNanos(), new Aborted(node, callId));
                return;
            }
        }
    }

    private void ended(Execution execution) {
        // Else it was aborted before.
        if (execution.place >= 0) {
            remove(execution);
            node.on(new Event.ExecutionEnded(execution.callId, DONE));
        }
    }

    private void remove(Execution execution) {
        Execution last = running.remove(running.size() - 1);
        if (last != execution) {
            running.set(execution.place, last);
            last.place = execution.place;
        }
        execution.place = -1;
        if (running.isEmpty()) {
            idleSinceNanos = time.nowNanos();
        }
    }

    private static final class Execution extends Happening {
        private final Executions of;
        private final long callId;
        /** Where it is in the list; -1 once it has ended. */
        private int place;

        Execution(Executions of, long callId, int place) {
            this.of = of;
            this.callId = callId;
            this.place = place;
        }

        @Override
        void happen() {
            of.ended(this);
        }
    }

    private static final class Aborted extends Happening {
        private final SimNode node;
        private final long callId;

        Aborted(SimNode node, long callId) {
            this.node = node;
            this.callId = callId;
        }

        @Override
        void happen() {
            node.on(new Event.ExecutionEnded(callId, End.of(Reason.CALLER_LEFT)));
        }
    }
}
