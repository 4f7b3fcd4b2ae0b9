package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker keeps of this node for all to see: said anew with each change, and put right when something else is heard.
 * Thread-safe; the lock is held while a change is handed to the transport, lest an older one be published after a newer.
 */
final class OwnPresence {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPresence.class);

    private final Topics topics;
    private final Transport transport;
    private final LongSupplier clock;
    private final Consumer<Set<FunctionName>> onFunctions;
    private volatile Presence presence;
    private volatile long twinNanos;
    private volatile boolean twinSeen;

    /** @param onFunctions hears of other functions before the others do */
    OwnPresence(
            Presence presence,
            Topics topics,
            Transport transport,
            LongSupplier clock,
            Consumer<Set<FunctionName>> onFunctions) {
        this.presence = presence;
        this.topics = topics;
        this.transport = transport;
        this.clock = clock;
        this.onFunctions = onFunctions;
    }

    /** Whether the node takes new calls. */
    boolean isOnline() {
        return presence.state() == PeerState.ONLINE;
    }

    /**
     * What the broker says when the node vanishes. Without the functions: who is lost runs none, and a will that the broker
     * finds too large would end the connection.
     */
    WireMessage will() {
        return presence.withState(PeerState.LOST).withFunctions(Set.of()).encode(topics);
    }

    /** Says again how the node is. */
    CompletionStage<Transport.Delivery> announce() {
        return announce(UnaryOperator.identity());
    }

    private synchronized CompletionStage<Transport.Delivery> announce(UnaryOperator<Presence> change) {
        presence = change.apply(presence);
        WireMessage whole = presence.encode(topics);
        if (presence.state() != PeerState.LOST && !transport.takes(whole)) {
            LOG.error(
                    "the broker takes no packet of the size of this node's presence, {} bytes with the names of {} functions:"
                            + " peers are told of none, so they send no calls; raise its maximum packet size",
                    whole.payload().remaining(),
                    presence.functions().size());
            return transport.publish(presence.withFunctions(Set.of()).encode(topics));
        }
        return transport.publish(whole);
    }

    /** Says how many slots the node has from now on. */
    synchronized void slots(int slots) {
        // Once it has left nothing of it may stay on the broker.
        if (presence.state() != PeerState.LOST) {
            announce(known -> known.withSlots(slots));
        }
    }

    /** Says which functions the node has from now on. */
    synchronized void functions(Set<FunctionName> functions) {
        if (presence.state() != PeerState.LOST && !presence.functions().equals(functions)) {
            onFunctions.accept(functions);
            announce(known -> known.withFunctions(functions));
        }
    }

    /** Says that the node takes nothing new. */
    void drains() {
        announce(known -> known.withState(PeerState.DRAINING));
    }

    /** Takes the node's presence off the broker. */
    synchronized CompletionStage<Transport.Delivery> leaves() {
        presence = presence.withState(PeerState.LOST);
        return transport.publish(Presence.deletion(topics, presence.node()));
    }

    /** What the broker has of this node came back, or what somebody else says in its name. */
    void heard(Presence heard) {
        Presence own = presence;
        if (heard.session() != own.session() && heard.state() == PeerState.ONLINE) {
            twinNanos = clock.getAsLong();
            twinSeen = true;
            LOG.warn("another node calls itself {} too, or this one's clock went back", own.node());
        } else if (heard.state() == PeerState.LOST && own.state() != PeerState.LOST) {
            // The will of a connection that this node lost arrived after it was back.
            announce();
        }
    }

    /** When another node of this name was heard for the last time; empty if none was. */
    OptionalLong twinNanos() {
        return twinSeen ? OptionalLong.of(twinNanos) : OptionalLong.empty();
    }
}
