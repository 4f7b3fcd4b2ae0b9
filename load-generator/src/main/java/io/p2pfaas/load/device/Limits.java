package io.p2pfaas.load.device;

import org.jspecify.annotations.Nullable;

/** How far devices go. */
final class Limits {
    /** Unacknowledged publishes of one device at most. */
    static final int MAX_WINDOW = 100;

    static final int CONNECT_SECONDS = 5;
    static final int KEEP_ALIVE_SECONDS = 30;
    static final long CLOSE_MILLIS = 500;

    /** Pause before a device connects again: much shorter than the nodes', so that a run sees a broker that is back. */
    static final long RECONNECT_MILLIS = 200;

    private Limits() {}

    /**
     * A window below the broker's: a publish above that is an error with Paho, and its own count lags behind ours.
     *
     * @param receiveMaximum of the broker; null if it did not say, which means 65,535
     */
    static int window(@Nullable Integer receiveMaximum) {
        return receiveMaximum == null ? MAX_WINDOW : Math.max(1, Math.min(MAX_WINDOW, receiveMaximum - 2));
    }
}
