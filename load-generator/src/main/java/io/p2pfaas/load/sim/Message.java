package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;

/** A packet on its way to the broker; when it happens, it arrives there. */
abstract class Message extends Happening {
    final SimNode from;
    private final SimBroker broker;
    private final long link;

    Message(SimNode from, SimBroker broker) {
        this.from = from;
        this.broker = broker;
        this.link = from.link();
    }

    @Override
    final void happen() {
        if (from.link() == link) {
            broker.receive(this);
        } else {
            lost();
        }
    }

    /** The link or the broker broke while it was under way. */
    void lost() {
        // Most messages are not sent a second time.
    }

    /** The broker takes it in. */
    abstract void atBroker(SimBroker at);

    /** A receiver gets it. */
    abstract void deliver(SimNode to);

    /** A call to a peer or a group. */
    static final class Forward extends Message {
        final Effect.Forward effect;
        private final long sentNanos;

        Forward(SimNode from, SimBroker broker, Effect.Forward effect, long sentNanos) {
            super(from, broker);
            this.effect = effect;
            this.sentNanos = sentNanos;
        }

        @Override
        void atBroker(SimBroker at) {
            at.forward(this);
        }

        @Override
        void deliver(SimNode to) {
            to.forwardArrived(effect, sentNanos);
        }

        /** The sender hears what became of it. */
        void acknowledge(boolean found) {
            from.on(found ? new Event.ForwardSent(effect.attempt()) : new Event.ForwardUndeliverable(effect.attempt()));
        }
    }

    /** What a peer tells the origin of a call. As live, it is tried again for a while if it reaches nobody. */
    static final class ToOrigin extends Message {
        private static final int MAX_TRIES = 8;
        private final Effect.AnswerOrigin effect;
        private final int tries;

        ToOrigin(SimNode from, SimBroker broker, Effect.AnswerOrigin effect, int tries) {
            super(from, broker);
            this.effect = effect;
            this.tries = tries;
        }

        @Override
        void atBroker(SimBroker at) {
            PacketCounts.Kind kind =
                    effect.answer() instanceof Answer.Accepted ? PacketCounts.Kind.ACCEPTED : PacketCounts.Kind.ANSWER;
            if (!at.direct(this, effect.origin().node(), kind)) {
                lost();
            }
        }

        @Override
        void lost() {
            if (tries < MAX_TRIES) {
                from.answerAgain(effect, tries + 1);
            }
        }

        @Override
        void deliver(SimNode to) {
            if (to.session() == effect.origin().session()) {
                to.on(new Event.ForwardAnswered(effect.origin().attempt(), effect.answer()));
            }
        }
    }

    /** A question for the load. */
    static final class Probe extends Message {
        private final Effect.Probe effect;

        Probe(SimNode from, SimBroker broker, Effect.Probe effect) {
            super(from, broker);
            this.effect = effect;
        }

        @Override
        void atBroker(SimBroker at) {
            at.direct(this, effect.peer(), PacketCounts.Kind.PROBE);
        }

        @Override
        void deliver(SimNode to) {
            to.on(new Event.ProbeArrived(new ProbeReply(from, effect.probe())));
        }
    }

    /** Where the answer to a probe goes. */
    record ProbeReply(SimNode asker, long probe) implements Payload {}

    /** The answer to it. */
    static final class ProbeAnswer extends Message {
        private final Effect.AnswerProbe effect;
        private final ProbeReply reply;

        ProbeAnswer(SimNode from, SimBroker broker, Effect.AnswerProbe effect, ProbeReply reply) {
            super(from, broker);
            this.effect = effect;
            this.reply = reply;
        }

        @Override
        void atBroker(SimBroker at) {
            at.direct(this, reply.asker().id(), PacketCounts.Kind.PROBE);
        }

        @Override
        void deliver(SimNode to) {
            if (to == reply.asker()) {
                to.on(new Event.ProbeAnswered(reply.probe(), effect.sample()));
            }
        }
    }

    /** What one node tells one other. */
    static final class Note extends Message {
        private final Effect.Tell effect;

        Note(SimNode from, SimBroker broker, Effect.Tell effect) {
            super(from, broker);
            this.effect = effect;
        }

        @Override
        void atBroker(SimBroker at) {
            at.direct(this, effect.peer(), PacketCounts.Kind.NOTICE);
        }

        @Override
        void deliver(SimNode to) {
            to.on(new Event.Told(effect.notice(), effect.sample()));
        }
    }

    /** A load sample for everybody who listens. */
    static final class LoadSample extends Message {
        private final Event.SampleHeard heard;

        LoadSample(SimNode from, SimBroker broker, Effect.PublishSample effect) {
            super(from, broker);
            this.heard = new Event.SampleHeard(effect.sample());
        }

        @Override
        void atBroker(SimBroker at) {
            at.sample(this);
        }

        @Override
        void deliver(SimNode to) {
            to.on(heard);
        }
    }

    /** SUBSCRIBE or UNSUBSCRIBE. */
    static final class Membership extends Message {
        final Effect.Membership effect;

        Membership(SimNode from, SimBroker broker, Effect.Membership effect) {
            super(from, broker);
            this.effect = effect;
        }

        @Override
        void atBroker(SimBroker at) {
            at.changeMembership(this);
        }

        @Override
        void deliver(SimNode to) {
            throw new IllegalStateException("a membership is for the broker only");
        }
    }
}
