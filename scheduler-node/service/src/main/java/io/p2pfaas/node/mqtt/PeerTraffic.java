package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.TakenCall;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.wire.AnswerMessage;
import io.p2pfaas.node.wire.ForwardMessage;
import io.p2pfaas.node.wire.NoticeMessage;
import io.p2pfaas.node.wire.ProbeMessage;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls, answers and probes between nodes: messages to events, effects to messages. */
public final class PeerTraffic {
    /** How long the broker may keep a load sample for somebody slow. */
    static final long SAMPLE_EXPIRY_SECONDS = 3;

    private static final int SEEN_FORWARDS = 20_000;

    /** One delivery of a forward: the same call may come again by another way, but not by the same. Paths may be long. */
    private record Delivered(Origin origin, int hops, int path, boolean bodyFollows) {
        Delivered(Origin origin, ForwardMessage forward) {
            this(origin, forward.path().size(), forward.path().hashCode(), forward.bodyFollows());
        }
    }

    private final Topics topics;
    private final Transport transport;
    private final NodeLoop loop;
    private final CallNotes notes;
    private final NodeId self;
    private final long session;
    private final long maxBodyBytes;
    private final AnswerOutbox outbox;
    private final AttemptSeal seal;
    private final LinkCounters counters;
    private final SeenBefore<Delivered> seen = new SeenBefore<>(SEEN_FORWARDS);

    /** @param maxBodyBytes larger bodies are not taken */
    PeerTraffic(LinkWiring.Parts parts, long maxBodyBytes, AnswerOutbox outbox) {
        this.topics = parts.topics();
        this.transport = parts.transport();
        this.loop = parts.loop();
        this.notes = parts.notes();
        this.self = parts.presence().node();
        this.session = parts.presence().session();
        this.maxBodyBytes = maxBodyBytes;
        this.outbox = outbox;
        this.seal = new AttemptSeal(self);
        this.counters = parts.counters();
    }

    /** Takes in a call; on the transport's thread only. */
    void forward(NodeId sender, FunctionName function, @Nullable SpillGroup group, WireMessage message) {
        if (message.retained() || message.payload().remaining() > maxBodyBytes) {
            counters.malformed("a forward is retained or too large: " + message.topic());
            return;
        }
        ForwardMessage.decode(sender, message).then(forward -> take(function, group, forward), counters::malformed);
    }

    private void take(FunctionName function, @Nullable SpillGroup group, ForwardMessage forward) {
        if (forward.bodyBytes() > maxBodyBytes) {
            counters.malformed(
                    "a slot is asked for a body of " + forward.bodyBytes() + " bytes, more than " + maxBodyBytes);
            return;
        }
        Origin origin = forward.origin();
        if (origin.node().equals(self)) {
            if (!seal.isMine(origin)) {
                counters.malformed("a call that this node is said to have sent, but has not: " + origin);
                return;
            }
            origin = new Origin(self, session, origin.attempt());
        }
        if (!seen.isNew(new Delivered(origin, forward))) {
            counters.repeated.increment();
            return;
        }
        long now = loop.nowNanos();
        loop.offer(new Event.SampleHeard(forward.sample()));
        long number = loop.nextCallId();
        NodeId sender = forward.path().get(forward.path().size() - 1);
        Noted noted = notes.begin(Arrived.Way.PEER, function, sender.value(), number, forward.request(), now);
        Call call = new Call(
                number,
                function,
                group == null ? Arrival.DIRECT : group.arrival(),
                forward.path(),
                now + TimeUnit.MILLISECONDS.toNanos(forward.budgetMillis()),
                forward.bodyBytes(),
                forward.idempotent(),
                Routing.POLICY,
                forward.taskType(),
                new PeerCall(forward.request(), now, noted));
        loop.offer(new Event.ForwardArrived(call, origin, forward.bodyFollows()));
    }

    /** Takes in an answer to a forward or a probe of this node. */
    void answer(NodeId sender, WireMessage message) {
        if (ProbeMessage.isAnswer(message)) {
            ProbeMessage.decodeAnswer(sender, message).then(this::probeAnswered, counters::malformed);
        } else {
            AnswerMessage.decode(self, sender, message).then(this::answered, counters::malformed);
        }
    }

    private void answered(AnswerMessage message) {
        Origin origin = message.origin();
        if (seal.isMine(origin)) {
            loop.offer(new Event.ForwardAnswered(origin.attempt(), message.answer()));
        } else {
            counters.malformed("an answer of " + message.answer().node()
                    + " to a call that it was not given, or to a former session: " + origin);
        }
    }

    private void probeAnswered(ProbeMessage.Answered answered) {
        if (answered.session() == session) {
            loop.offer(new Event.ProbeAnswered(answered.probe(), answered.sample()));
        }
    }

    /** Takes in a probe. */
    void probe(NodeId asker, WireMessage message) {
        ProbeMessage.decodeReplyTo(asker, message)
                .then(replyTo -> loop.offer(new Event.ProbeArrived(replyTo)), counters::malformed);
    }

    /** Takes in what a peer tells this node. */
    void notice(NodeId sender, WireMessage message) {
        NoticeMessage.decode(sender, message)
                .then(heard -> loop.offer(new Event.Told(heard.notice(), heard.sample())), counters::malformed);
    }

    void send(Effect.Tell tell) {
        transport.publish(new NoticeMessage(tell.notice(), tell.sample()).encode(topics, tell.peer()));
    }

    void send(Effect.Forward forward) {
        Call call = forward.call();
        TakenCall taken = (TakenCall) call.payload();
        TracedCall traced = taken.noted().traced();
        NodeId target = forward.target();
        SpillGroup group = forward.group();
        String topic = target != null
                ? topics.forward(target, self, call.function())
                : topics.spill(group == null ? SpillGroup.SLOT : group, call.function(), self);
        long now = loop.nowNanos();
        long budgetMillis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, call.deadlineNanos() - now));
        ForwardMessage whole = new ForwardMessage(
                seal.seal(forward.origin()),
                forward.path(),
                budgetMillis,
                call.payloadBytes(),
                false,
                call.idempotent(),
                call.taskType(),
                forward.sample(),
                traced == null ? taken.request() : traced.toPeer(taken.request(), forward.attempt(), now));
        WireMessage message = whole.encode(topic);
        if (!transport.takes(message)) {
            // Before a slot is booked for what could not follow.
            loop.offer(new Event.ForwardTooLarge(forward.attempt()));
            return;
        }
        TracedCall onItsWay = forward.origin().node().equals(self) ? null : traced;
        transport
                .publish(forward.withBody() ? message : whole.withoutBody().encode(topic))
                .thenAccept(delivery -> {
                    if (onItsWay != null && delivery == Transport.Delivery.TAKEN) {
                        onItsWay.handedOn(loop.nowNanos());
                    }
                    loop.offer(outcome(forward.attempt(), delivery));
                });
    }

    private static Event outcome(long attempt, Transport.Delivery delivery) {
        return switch (delivery) {
            case TAKEN -> new Event.ForwardSent(attempt);
            case TOO_LARGE -> new Event.ForwardTooLarge(attempt);
            case NOBODY, FAILED -> new Event.ForwardUndeliverable(attempt, true);
            case UNKNOWN -> new Event.ForwardUndeliverable(attempt, false);
        };
    }

    void send(Effect.AnswerOrigin answer) {
        long now = loop.nowNanos();
        TakenCall taken = (TakenCall) answer.call().payload();
        TracedCall traced = taken.noted().traced();
        if (traced != null) {
            end(traced, answer, now);
        }
        long total = now - taken.arrivedNanos();
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(answer.call().deadlineNanos() - now);
        long expiry = WireMessage.expiryFor(leftMillis);
        outbox.send(
                new AnswerMessage(answer.origin(), answer.answer()).encode(topics, total, expiry),
                () -> tooLarge(answer).map(told -> told.encode(topics, total, expiry)));
    }

    private void end(TracedCall traced, Effect.AnswerOrigin answer, long now) {
        if (answer.answer() instanceof Answer.Ended ended) {
            traced.ended(ended.end(), ended.path(), now);
        } else if (answer.answer() instanceof Answer.Refused refused) {
            traced.ended(End.of(refused.reason()), answer.call().pathThrough(self), now);
        }
    }

    /** What the origin is told of a result that the broker does not take, lest it wait for it. */
    private static Optional<AnswerMessage> tooLarge(Effect.AnswerOrigin answer) {
        return answer.answer() instanceof Answer.Ended ended
                ? Optional.of(new AnswerMessage(
                        answer.origin(),
                        new Answer.Ended(ended.node(), ended.sample(), End.of(Reason.ANSWER_TOO_LARGE), ended.path())))
                : Optional.empty();
    }

    void send(Effect.Probe probe) {
        transport.publish(ProbeMessage.encode(topics, probe.peer(), self, session, probe.probe()));
    }

    void send(Effect.AnswerProbe answer) {
        Sample sample = answer.sample();
        transport.publish(ProbeMessage.encodeAnswer(topics, answer.replyTo(), sample));
    }
}
