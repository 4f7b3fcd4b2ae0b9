package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Verdict;
import io.p2pfaas.node.wire.CallerAnswer;
import io.p2pfaas.node.wire.Reply;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells MQTT callers what became of their calls, and remembers it for those who ask again. Thread-safe. */
final class CallerAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(CallerAnswers.class);
    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Topics topics;
    private final LongSupplier clock;
    private final CallReport report;
    private final AnswerOutbox outbox;
    private final LinkCounters counters;
    private final AnsweredCalls answered;
    private final long replyExpiryMillis;
    private long nextLogNanos;

    /**
     * Who waits for the answer.
     *
     * @param key under which a repeat is known; null = it cannot be repeated
     * @param ended to be run when the call has ended
     */
    record Caller(Reply reply, @Nullable String key, Runnable ended) {
        Caller andThen(Runnable then) {
            return new Caller(reply, key, then);
        }
    }

    CallerAnswers(
            Topics topics,
            LongSupplier clock,
            CallReport report,
            AnswerOutbox outbox,
            LinkCounters counters,
            CallerSettings settings) {
        this.topics = topics;
        this.clock = clock;
        this.report = report;
        this.outbox = outbox;
        this.counters = counters;
        this.answered = new AnsweredCalls(settings.dedupeWindow().toNanos());
        this.replyExpiryMillis = settings.replyExpiry().toMillis();
        this.nextLogNanos = clock.getAsLong();
    }

    long nowNanos() {
        return clock.getAsLong();
    }

    /**
     * Whether the call is here for the first time; one that is not gets its answer again, if there is one.
     *
     * @param mayRepeat whether it may have it
     */
    boolean isFirst(Caller caller, long nowNanos, BooleanSupplier mayRepeat) {
        String key = caller.key();
        if (key == null) {
            return true;
        }
        AnsweredCalls.Known known = answered.came(key, nowNanos);
        if (!known.isNew()) {
            counters.repeated.increment();
            WireMessage answer = known.answer();
            if (mayRepeat.getAsBoolean() && answer != null) {
                send(caller.reply(), answer);
            }
        }
        return known.isNew();
    }

    /** A call that does not become one. A repeat is refused again, not met with silence. */
    void refuse(Caller caller, CallerAnswer refusal) {
        String key = caller.key();
        if (key != null) {
            answered.forget(key);
        }
        noteFailure(caller.reply(), refusal);
        refusal.message(topics, caller.reply(), expirySeconds(0)).ifPresent(answer -> send(caller.reply(), answer));
    }

    /** A call has ended. */
    void ended(Caller caller, Call call, End end, Placement placement, long arrivedNanos) {
        caller.ended().run();
        long now = clock.getAsLong();
        CallerAnswer answer =
                CallerAnswer.of(end, field -> report.describe(call, end, placement, now - arrivedNanos, field));
        noteFailure(caller.reply(), answer);
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(call.deadlineNanos() - now);
        WireMessage message = answer.message(topics, caller.reply(), expirySeconds(leftMillis))
                .orElse(null);
        String key = caller.key();
        if (key != null && end.state() == EndState.REJECTED) {
            answered.forget(key);
        } else if (key != null && message != null) {
            answered.answered(key, message);
        }
        if (message != null) {
            send(caller.reply(), message);
        }
    }

    private long expirySeconds(long leftMillis) {
        return WireMessage.expiryFor(Math.max(leftMillis, replyExpiryMillis));
    }

    private void send(Reply reply, WireMessage message) {
        if (reply instanceof Reply.ToOutput) {
            outbox.sendToAnybody(message, () -> tooLarge(reply, message));
        } else {
            outbox.send(message, () -> tooLarge(reply, message));
        }
    }

    private Optional<WireMessage> tooLarge(Reply reply, WireMessage message) {
        Verdict verdict = Verdict.of(Reason.ANSWER_TOO_LARGE);
        CallerAnswer answer = CallerAnswer.refusal(
                verdict.status(),
                verdict.code(),
                Reason.ANSWER_TOO_LARGE.label(),
                verdict.message() + " for the broker: " + message.payload().remaining() + " bytes",
                0);
        noteFailure(reply, answer);
        return answer.message(topics, reply, expirySeconds(0));
    }

    /** Nobody waits for the answer of a mapped call, so its failure is told to the operator; but not for every call. */
    private void noteFailure(Reply reply, CallerAnswer answer) {
        if (!answer.isFailure() || !(reply instanceof Reply.ToOutput output)) {
            return;
        }
        counters.mappedFailed.increment();
        if (output.errors() == null && mayLog()) {
            LOG.warn(
                    "mapped call failed topic={} status={} reason={} ({} so far)",
                    JsonText.quoted(output.input()),
                    answer.status(),
                    JsonText.quoted(answer.told()),
                    counters.mappedFailed());
        }
    }

    private synchronized boolean mayLog() {
        long now = clock.getAsLong();
        if (now - nextLogNanos < 0) {
            return false;
        }
        nextLogNanos = now + LOG_PAUSE_NANOS;
        return true;
    }
}
