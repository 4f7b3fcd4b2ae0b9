package io.p2pfaas.node.config;

/** A kind of value: how it is read, and the words for what is allowed. Without state, so usable from any thread. */
interface ValueKind<T> {
    /** A word for the value in usage texts, for example {@code SIZE}. */
    String placeholder();

    /** What is allowed, to follow "allowed is". */
    String allowed();

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with what is wrong, in words that do not repeat a secret
     */
    T parse(String text);
}
