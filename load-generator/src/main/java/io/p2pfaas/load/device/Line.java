package io.p2pfaas.load.device;

/** The connection of one device. Its methods return without waiting for the network. */
interface Line {
    /** Told what happens, by threads of the client library, never while it holds a lock of its own. */
    interface Listener {
        /**
         * Connected, and answers will be heard.
         *
         * @param window publishes that may be unacknowledged at once
         */
        void onUp(int window);

        /** Not connected: an attempt failed or the connection broke. What was not answered is lost. */
        void onDown(String why);

        /** The broker has a call. */
        void onAcknowledged(String key);

        /** The broker refused a call, or knows that nobody will hear it. */
        void onRefused(String key, String why);

        void onAnswer(String key, DeviceReply.Answered answer);
    }

    /** The publish could not even begin. */
    final class NotPublished extends Exception {
        private static final long serialVersionUID = 1;

        NotPublished(Throwable cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }

    /** Begins one attempt to connect; ends in onUp or onDown. */
    void connect();

    /**
     * Begins to send a call.
     *
     * @param key names the call in its answer
     */
    void publish(String key, DeviceCall call) throws NotPublished;

    /** Cuts the connection. */
    void close();
}
