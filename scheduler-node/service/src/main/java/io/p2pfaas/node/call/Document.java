package io.p2pfaas.node.call;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Something about the node that can be read and changed while it runs, as JSON: the same over HTTP, over MQTT and in its
 * file.
 */
public interface Document {
    /** The largest text that is looked at. */
    int MAX_BYTES = 64 * 1024;

    /** What is in force, JSON. */
    String text();

    /**
     * Changes what the JSON names. Any thread that may wait for the disk.
     *
     * @param json not longer than {@link #MAX_BYTES}; read-only
     * @param by who asks, for the log
     * @return why nothing has changed; empty if the change is in force and saved
     */
    Optional<Refusal> change(ByteBuffer json, String by);

    /**
     * Why a change was not made.
     *
     * @param status HTTP status
     * @param code the P2PFaaS error code
     * @param message names what is wrong and what is allowed
     */
    record Refusal(int status, int code, String message) {
        private static final int BAD_REQUEST = 400;
        private static final int WRONG_INPUT = 4;

        /** The JSON is wrong, or says something that cannot be. */
        public static Refusal wrongInput(String message) {
            return new Refusal(BAD_REQUEST, WRONG_INPUT, message);
        }
    }
}
