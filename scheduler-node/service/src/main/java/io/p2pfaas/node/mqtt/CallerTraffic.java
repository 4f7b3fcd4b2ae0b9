package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.BodyBudget;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.CallerLimits;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.SchedulerFields;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.wire.Address;
import io.p2pfaas.node.wire.CallerAnswer;
import io.p2pfaas.node.wire.CallerMessage;
import io.p2pfaas.node.wire.Reply;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls of MQTT clients: MQTT 5 with a response topic, 3.1.1 with request and answer topics, and messages on topics that
 * are mapped to a function. Each is acknowledged on receipt, run at most once per window, and answered, be it with a
 * refusal.
 */
public final class CallerTraffic {
    private static final int WRONG_INPUT = 4;
    private static final int NOT_FOUND = 3;
    private static final int CANNOT_SCHEDULE = 400;
    /** They become header fields, of which functions take about so much. */
    private static final int MAX_PROPERTIES = 200;

    private static final int MAX_PROPERTIES_LENGTH = 32 * 1024;

    private final NodeLoop loop;
    private final CallNotes notes;
    private final LinkCounters counters;
    private final CallerSettings settings;
    private final Predicate<FunctionName> isIdempotent;
    private final ReplyTopics replyTopics;
    private final MappedTopics mapped;
    private final CallerLimits limits;
    /** Of all callers on {@code fn/} together: there nobody but the caller says who it is, and it may say another name each time. */
    private final CallerLimits together;

    private final Senders senders;
    private final CallerAnswers answers;
    private final BodyBudget budget;

    public CallerTraffic(
            LinkWiring.Parts parts,
            AnswerOutbox outbox,
            CallerSettings settings,
            Predicate<FunctionName> isIdempotent) {
        this.loop = parts.loop();
        this.notes = parts.notes();
        this.counters = parts.counters();
        this.settings = settings;
        this.isIdempotent = isIdempotent;
        this.replyTopics = new ReplyTopics(parts.topics().base(), settings.replyTopics());
        this.mapped = new MappedTopics(settings.mappings());
        this.limits = new CallerLimits(settings.limit());
        this.together = new CallerLimits(settings.limit().times(settings.fnCallers()));
        this.budget = new BodyBudget(settings.maxBufferedBytes());
        this.senders = new Senders(parts.topics().base());
        this.answers = new CallerAnswers(parts.topics(), loop::nowNanos, parts.report(), outbox, counters, settings);
    }

    /** How a call came: whose it is says the caller, its topic, or a topic of others. */
    private enum Way {
        FN,
        DEVICE,
        MAPPED
    }

    /** A message that may be a call. */
    private record Incoming(
            String function,
            WireMessage message,
            String sender,
            Reply reply,
            @Nullable String key,
            Way way) {
        Request request() {
            return way == Way.MAPPED ? CallerMessage.mappedRequest(message) : CallerMessage.request(message);
        }
    }

    /** A call of MQTT 5: the answer goes to its response topic, if it has one. */
    void call(String function, WireMessage message) {
        String responseTopic = message.responseTopic();
        if (responseTopic != null && !replyTopics.isAllowed(responseTopic)) {
            counters.unanswerable("response topic " + responseTopic + " is not allowed");
            return;
        }
        String key = responseTopic == null ? null : key(responseTopic, message);
        Reply reply = responseTopic == null
                ? Reply.NONE
                : new Reply.ToTopic(responseTopic, message.correlation(), message.atLeastOnce());
        take(new Incoming(function, message, senders.of(responseTopic), reply, key, Way.FN));
    }

    /** A call of MQTT 3.1.1: the topic says whose it is and where the answer goes. */
    void deviceCall(Address.DeviceCall call, WireMessage message) {
        String key = CallKey.of(call.device() + "/" + call.function() + "/" + call.request());
        Reply reply = new Reply.ToDevice(call.device(), call.request(), message.atLeastOnce());
        take(new Incoming(call.function(), message, Senders.device(call.device()), reply, key, Way.DEVICE));
    }

    /** The subscriptions of mapped topics. */
    List<String> mappedSubscriptions() {
        return mapped.subscriptions();
    }

    /** A message on a topic of others; false if the topic is not mapped. */
    boolean mappedCall(WireMessage message) {
        MappedTopics.Match match = mapped.match(message.topic());
        if (match == null) {
            return false;
        }
        String responseTopic = message.responseTopic();
        boolean isAsked = responseTopic != null && replyTopics.isAllowedToAnybody(responseTopic);
        if (!isAsked && !match.isPublishable()) {
            counters.unanswerable("the output of topic " + message.topic() + " is not for clients");
            return true;
        }
        Reply reply = isAsked && responseTopic != null
                ? new Reply.ToTopic(responseTopic, message.correlation(), message.atLeastOnce())
                : match.output();
        // No topic has this first character, so no response topic is taken for it.
        String key = key("\0" + message.topic() + "\0" + (responseTopic == null ? "" : responseTopic), message);
        String function = match.mapping().function().value();
        take(new Incoming(function, message, Senders.topic(message.topic()), reply, key, Way.MAPPED));
        return true;
    }

    private static @Nullable String key(String place, WireMessage message) {
        ByteBuffer correlation = message.correlation();
        return correlation == null || !correlation.hasRemaining() ? null : CallKey.of(place, correlation);
    }

    private void take(Incoming incoming) {
        WireMessage message = incoming.message();
        if (message.retained()) {
            // It would run again with every connect.
            counters.malformed("a call is retained: " + message.topic());
            return;
        }
        long now = loop.nowNanos();
        CallerAnswers.Caller caller = new CallerAnswers.Caller(incoming.reply(), incoming.key(), () -> {});
        if (!answers.isFirst(caller, now, () -> mayRepeat(incoming, now))) {
            return;
        }
        if (!FunctionName.isValid(incoming.function())) {
            String reason = Reason.UNKNOWN_FUNCTION.label();
            answers.refuse(caller, CallerAnswer.refusal(404, NOT_FOUND, reason, "no function can have this name", 0));
        } else if (message.payload().remaining() > settings.maxBodyBytes()) {
            String why = "the body is larger than " + settings.maxBodyBytes() + " bytes";
            answers.refuse(caller, CallerAnswer.refusal(413, WRONG_INPUT, "body_too_large", why, 0));
        } else if (message.properties().length() > MAX_PROPERTIES_LENGTH
                || message.properties().size() > MAX_PROPERTIES) {
            String why = "the user properties are more than " + MAX_PROPERTIES + ", or longer than "
                    + MAX_PROPERTIES_LENGTH + " characters together";
            answers.refuse(caller, CallerAnswer.refusal(413, WRONG_INPUT, "properties_too_large", why, 0));
        } else {
            admit(incoming, caller, now);
        }
    }

    /** To answer again is work too. Too many repeats are met with silence: a refusal would read as if the call had not run. */
    private boolean mayRepeat(Incoming incoming, long now) {
        CallerLimits.Admission admission = came(incoming, now);
        CallerLimits.Limit exceeded = admission.exceeded();
        if (exceeded != null) {
            counters.limited(exceeded);
            return false;
        }
        admission.ended().run();
        return true;
    }

    private CallerLimits.Admission came(Incoming incoming, long now) {
        CallerLimits.Admission admission = limits.came(incoming.sender(), now);
        if (admission.exceeded() != null || incoming.way() != Way.FN) {
            return admission;
        }
        CallerLimits.Admission all = together.came("fn", now);
        if (all.exceeded() != null) {
            admission.ended().run();
            return all;
        }
        return new CallerLimits.Admission(null, 0, () -> {
            admission.ended().run();
            all.ended().run();
        });
    }

    private void admit(Incoming incoming, CallerAnswers.Caller caller, long now) {
        CallerLimits.Admission admission = came(incoming, now);
        CallerLimits.Limit exceeded = admission.exceeded();
        if (exceeded == null) {
            int bytes = incoming.message().bytes();
            if (budget.tryTake(bytes)) {
                BodyBudget.Share share = budget.share(bytes);
                offer(incoming, caller.andThen(() -> ended(admission, share)), now);
            } else {
                admission.ended().run();
                String why = "Job cannot be scheduled: the node holds as many request bodies as it can";
                answers.refuse(caller, CallerAnswer.refusal(503, CANNOT_SCHEDULE, "too_many_bodies", why, 1));
            }
            return;
        }
        counters.limited(exceeded);
        int wait = admission.retryAfterSeconds();
        String why = "Job cannot be scheduled: " + exceeded.sentence() + ", try again in " + wait + " s";
        answers.refuse(caller, CallerAnswer.refusal(429, CANNOT_SCHEDULE, "rate_limited", why, wait));
    }

    private static void ended(CallerLimits.Admission admission, BodyBudget.Share share) {
        share.giveBack();
        admission.ended().run();
    }

    private void offer(Incoming incoming, CallerAnswers.Caller caller, long now) {
        WireMessage message = incoming.message();
        long timeoutNanos = settings.timeout().toNanos();
        long budget = message.expirySeconds() > 0
                ? Math.min(timeoutNanos, TimeUnit.SECONDS.toNanos(message.expirySeconds()))
                : timeoutNanos;
        Request request = incoming.request();
        FunctionName function = new FunctionName(incoming.function());
        SchedulerFields asked = SchedulerFields.of(request.headers());
        long number = loop.nextCallId();
        Arrived.Way way = incoming.way() == Way.FN ? Arrived.Way.MQTT : Arrived.Way.DEVICE;
        Noted noted = notes.begin(way, function, message.topic(), number, request, now);
        loop.offer(new Event.CallArrived(new Call(
                number,
                function,
                Arrival.CLIENT,
                List.of(),
                now + budget,
                message.payload().remaining(),
                isIdempotent.test(function),
                asked.routing(),
                asked.taskType(),
                asked.wantedWithinNanos(),
                new MqttCall(request, now, noted, caller, answers))));
    }

    private record MqttCall(
            Request request, long arrivedNanos, Noted noted, CallerAnswers.Caller caller, CallerAnswers answers)
            implements CallerCall {
        @Override
        public void reply(Call call, End end, Placement placement) {
            TracedCall traced = noted.traced();
            if (traced != null) {
                traced.ended(end, placement.path(), answers.nowNanos());
            }
            answers.ended(caller, call, end, placement, arrivedNanos);
        }
    }
}
