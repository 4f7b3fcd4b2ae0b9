package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.SchedulerFields;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.wire.Address;
import io.p2pfaas.node.wire.CallerMessage;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls of MQTT clients: MQTT 5 with a response topic, and 3.1.1 with request and answer topics. Each is acknowledged on
 * receipt, run at most once per window, and answered, be it with a refusal.
 */
public final class CallerTraffic {
    private final Topics topics;
    private final NodeLoop loop;
    private final CallReport report;
    private final AnswerOutbox outbox;
    private final LinkCounters counters;
    private final ReplyTopics replyTopics;
    private final AnsweredCalls answered;
    private final Predicate<FunctionName> isIdempotent;
    private final long timeoutNanos;
    private final long maxBodyBytes;

    /**
     * @param timeoutNanos the budget of a call that names none
     * @param maxBodyBytes larger bodies are refused
     * @param windowNanos how long a repeat is recognised
     */
    public CallerTraffic(
            Topics topics,
            NodeLoop loop,
            CallReport report,
            AnswerOutbox outbox,
            LinkCounters counters,
            List<String> replyTopics,
            Predicate<FunctionName> isIdempotent,
            long timeoutNanos,
            long maxBodyBytes,
            long windowNanos) {
        this.topics = topics;
        this.loop = loop;
        this.report = report;
        this.outbox = outbox;
        this.counters = counters;
        this.replyTopics = new ReplyTopics(topics.base(), replyTopics);
        this.isIdempotent = isIdempotent;
        this.timeoutNanos = timeoutNanos;
        this.maxBodyBytes = maxBodyBytes;
        this.answered = new AnsweredCalls(windowNanos);
    }

    /** Who waits for the answer, and under which name a repeat is known; null = it cannot be repeated. */
    private record ReplyTo(
            CallerMessage.Reply reply, @Nullable String key) {}

    /** A call of MQTT 5: the answer goes to its response topic, if it has one. */
    void call(String function, WireMessage message) {
        String responseTopic = message.responseTopic();
        if (responseTopic != null && !replyTopics.isAllowed(responseTopic)) {
            counters.unanswerable("response topic " + responseTopic + " is not allowed");
            return;
        }
        ByteBuffer correlation = message.correlation();
        String key = responseTopic == null || correlation == null ? null : responseTopic + " " + hex(correlation);
        CallerMessage.Reply reply = responseTopic == null
                ? CallerMessage.Reply.NONE
                : new CallerMessage.Reply.ToTopic(responseTopic, correlation, message.atLeastOnce());
        take(function, message, new ReplyTo(reply, key));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    /** A call of MQTT 3.1.1: the topic says whose it is and where the answer goes. */
    void deviceCall(Address.DeviceCall call, WireMessage message) {
        String key = call.device() + "/" + call.function() + "/" + call.request();
        CallerMessage.Reply reply =
                new CallerMessage.Reply.ToDevice(call.device(), call.request(), message.atLeastOnce());
        take(call.function(), message, new ReplyTo(reply, key));
    }

    private void take(String function, WireMessage message, ReplyTo replyTo) {
        if (message.retained()) {
            // It would run again with every connect.
            counters.malformed("a call is retained: " + message.topic());
            return;
        }
        long now = loop.nowNanos();
        String key = replyTo.key();
        if (key != null) {
            AnsweredCalls.Known known = answered.came(key, now);
            if (!known.isNew()) {
                repeat(known.answer());
                return;
            }
        }
        if (!FunctionName.isValid(function)) {
            refuse(replyTo, 404, Reason.UNKNOWN_FUNCTION.label(), "no function can have this name");
        } else if (message.payload().remaining() > maxBodyBytes) {
            refuse(replyTo, 413, "body_too_large", "the body is larger than " + maxBodyBytes + " bytes");
        } else {
            offer(new FunctionName(function), message, replyTo, now);
        }
    }

    private void repeat(@Nullable WireMessage answer) {
        counters.repeated.increment();
        if (answer != null) {
            outbox.send(answer);
        }
    }

    private void refuse(ReplyTo replyTo, int status, String reason, String message) {
        String key = replyTo.key();
        if (key != null) {
            // A repeat is refused again, not met with silence.
            answered.forget(key);
        }
        CallerMessage.refusal(topics, replyTo.reply(), status, reason, message).ifPresent(outbox::send);
    }

    private void offer(FunctionName function, WireMessage message, ReplyTo replyTo, long now) {
        long budget = message.expirySeconds() > 0
                ? Math.min(timeoutNanos, TimeUnit.SECONDS.toNanos(message.expirySeconds()))
                : timeoutNanos;
        Request request = CallerMessage.request(message);
        SchedulerFields asked = SchedulerFields.of(request.headers());
        loop.offer(new Event.CallArrived(new Call(
                loop.nextCallId(),
                function,
                Arrival.CLIENT,
                List.of(),
                now + budget,
                message.payload().remaining(),
                isIdempotent.test(function),
                asked.routing(),
                asked.taskType(),
                asked.wantedWithinNanos(),
                new MqttCall(request, now, replyTo))));
    }

    private final class MqttCall implements CallerCall {
        private final Request request;
        private final long arrivedNanos;
        private final ReplyTo replyTo;

        MqttCall(Request request, long arrivedNanos, ReplyTo replyTo) {
            this.request = request;
            this.arrivedNanos = arrivedNanos;
            this.replyTo = replyTo;
        }

        @Override
        public Request request() {
            return request;
        }

        @Override
        public long arrivedNanos() {
            return arrivedNanos;
        }

        @Override
        public void reply(Call call, End end, Placement placement) {
            long total = loop.nowNanos() - arrivedNanos;
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(call.deadlineNanos() - loop.nowNanos());
            CallerMessage.answer(
                            topics,
                            replyTo.reply(),
                            end,
                            WireMessage.expiryFor(leftMillis),
                            field -> report.describe(call, end, placement, total, field))
                    .ifPresent(answer -> send(answer, end));
        }

        private void send(WireMessage answer, End end) {
            String key = replyTo.key();
            if (key != null && end.state() == EndState.REJECTED) {
                answered.forget(key);
            } else if (key != null) {
                answered.answered(key, answer);
            }
            outbox.send(answer);
        }
    }
}
