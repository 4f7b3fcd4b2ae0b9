package io.p2pfaas.node.mqtt;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the link to the brokers comes and goes: whose turn it is and after which pause, and what is told of it. Changed by
 * the client's thread; {@link #renews} and {@link #close} come from others.
 */
final class LinkLife {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLife.class);

    private final String clientId;
    private final BrokerChoice choice;
    private final ConnectFailure failures;
    private final LinkTrouble trouble;
    private final ToldOnce told = new ToldOnce();
    private volatile String address;
    private volatile boolean closed;
    private volatile boolean up;
    private volatile boolean renewing;

    /**
     * Why there is no connection.
     *
     * @param connAck the code of the broker's refusal, if it said one
     * @param takenOver whether the broker gave the connection to another client of this name
     */
    record Cause(Throwable error, OptionalInt connAck, boolean takenOver) {}

    /**
     * What follows from the end of a connection, or of an attempt.
     *
     * @param wasUp false if there was none to lose
     * @param failure in words, of an attempt that came to nothing
     * @param pauseNanos before the next attempt
     */
    record Ended(boolean wasUp, Optional<String> failure, long pauseNanos) {}

    /** @param random gives a number from 0 to its argument, both included */
    LinkLife(LinkSettings settings, String clientId, LinkTrouble trouble, LongUnaryOperator random) {
        this.clientId = clientId;
        this.trouble = trouble;
        this.choice =
                new BrokerChoice(settings.brokers(), settings.reconnectMax().toNanos(), random);
        this.failures = new ConnectFailure(settings.tls().certificate().isPresent());
        this.address = choice.current().url();
    }

    /** The broker that is connected, or whose turn it is. For the client's thread. */
    BrokerAddress broker() {
        return choice.current();
    }

    /** The same, for people; from any thread. */
    String address() {
        return address;
    }

    boolean isUp() {
        return up;
    }

    boolean isClosed() {
        return closed;
    }

    /** The broker took the node; false if it had done so already. */
    boolean connected(long nowNanos) {
        if (up) {
            return false;
        }
        up = true;
        choice.connected(nowNanos);
        told.forget(choice.current());
        trouble.connected();
        LOG.info("connected to broker {}", address);
        return true;
    }

    /** The connection is to be ended and made anew; false if there is none. */
    boolean renews() {
        renewing = up && !closed;
        return renewing;
    }

    /** It was lost before it could be ended. */
    void renewalFailed() {
        renewing = false;
    }

    /** There is no connection any more, or still none. */
    Ended ended(Cause cause, long nowNanos) {
        boolean wasUp = up;
        boolean isRenewal = renewing;
        renewing = false;
        up = false;
        if (closed) {
            return new Ended(wasUp, Optional.empty(), 0);
        }
        Optional<String> failure = isRenewal ? Optional.empty() : tell(cause, wasUp);
        long pauseNanos =
                !wasUp ? choice.onFailure() : isRenewal ? choice.onRenewal(nowNanos) : choice.onLoss(nowNanos);
        address = choice.current().url();
        return new Ended(wasUp, failure, pauseNanos);
    }

    /** The reason if it is one of an attempt. */
    private Optional<String> tell(Cause cause, boolean wasUp) {
        BrokerAddress broker = choice.current();
        String reason = failures.reason(cause.error(), cause.connAck());
        if (cause.takenOver()) {
            trouble.takenOver();
            reason = "another client of this node's name has connected: " + clientId;
        }
        trouble.failed(broker.url(), reason, wasUp);
        if (wasUp) {
            LOG.warn("broker {} lost: {}", broker, reason);
            return Optional.empty();
        }
        if (told.isNew(broker, reason)) {
            LOG.warn("broker {} cannot be used: {}", broker, reason);
        }
        return Optional.of(reason);
    }

    /** It ends for good. */
    void close() {
        closed = true;
    }
}
