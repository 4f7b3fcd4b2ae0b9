package io.p2pfaas.load.live;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that was sent and has not ended. It ends once: whoever comes first, the reply or its deadline, wins. */
final class Flight {
    private final int call;
    private final long dueNanos;
    private final long sentNanos;
    private final AtomicBoolean ended = new AtomicBoolean();
    private Runnable giveUp = () -> {};

    Flight(int call, long dueNanos, long sentNanos) {
        this.call = call;
        this.dueNanos = dueNanos;
        this.sentNanos = sentNanos;
    }

    /** Pacing thread only. */
    void onSending(Runnable giveUp) {
        this.giveUp = giveUp;
    }

    long sentNanos() {
        return sentNanos;
    }

    /** True for the one caller that may decide how this call ended. Any thread. */
    boolean claimEnd() {
        return ended.compareAndSet(false, true);
    }

    Outcome repliedAt(long endNanos, Reply reply) {
        if (reply instanceof Reply.Answer answer) {
            return new Outcome.Answered(
                    call,
                    dueNanos,
                    sentNanos,
                    endNanos,
                    answer.status(),
                    answer.errorCode(),
                    answer.executor(),
                    answer.reason());
        }
        String detail = ((Reply.Broken) reply).detail();
        return new Outcome.Unanswered(call, dueNanos, sentNanos, endNanos, EndState.CONNECTION_ERROR, detail);
    }

    /** Pacing thread only, after the end was claimed. */
    Outcome givenUpAt(long endNanos, EndState state) {
        giveUp.run();
        return new Outcome.Unanswered(call, dueNanos, sentNanos, endNanos, state, "");
    }
}
