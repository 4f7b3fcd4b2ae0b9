package io.p2pfaas.node.runtime.docker;

/**
 * Whether a function's containers can be made.
 *
 * @param text for the operator, a whole sentence
 */
public record Preparation(Kind kind, String text) {
    /** How it stands. */
    public enum Kind {
        /** The image is there. */
        READY,
        /** The image is still being fetched, in the background. */
        FETCHING,
        /** The engine does not answer; the function can be used as soon as it does. */
        NO_ENGINE,
        /** It cannot work this way. */
        REFUSED
    }
}
