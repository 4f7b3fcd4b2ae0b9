package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A connection to a broker that keeps coming back. Sessions are not kept: after each connect everything is subscribed
 * anew. Safe for use from any thread; nothing here blocks.
 */
public interface Transport extends AutoCloseable {
    /** What became of a publish. */
    enum Delivery {
        /** The broker has it, and somebody subscribes to the topic as far as the broker says. */
        TAKEN,
        /** The broker has it and says that nobody subscribes to the topic. */
        NOBODY,
        /** The broker did not take it. */
        FAILED,
        /** The connection broke before the broker had answered: it may have taken it. */
        UNKNOWN,
        /** It is larger than the broker takes, so it was not sent. */
        TOO_LARGE
    }

    /** Is told what happens, by one thread at a time, which it must not block. */
    interface Listener {
        /** Connected. */
        void up();

        /** Not connected any more; {@link #up} follows when it is again. */
        void down();

        /** An attempt to connect came to nothing; the next one follows. */
        default void failed(String reason) {}

        /** A message came. It is acknowledged when this returns. */
        void received(WireMessage message);
    }

    /**
     * Begins to connect.
     *
     * @param will what the broker publishes when this node vanishes
     */
    void start(Listener listener, WireMessage will);

    /** Whether the broker takes a message of this size; true while nobody knows. */
    boolean takes(WireMessage message);

    /** Publishes; completes when the broker has answered (QoS 1) or the message was written (QoS 0). */
    CompletionStage<Delivery> publish(WireMessage message);

    /** Subscribes to all of these at once; completes exceptionally if the broker refuses one. */
    CompletionStage<Void> subscribe(List<String> filters, boolean atLeastOnce);

    /** Ends these subscriptions. */
    CompletionStage<Void> unsubscribe(List<String> filters);

    /** Ends the connection without the last will, and does not come back. */
    @Override
    void close();
}
