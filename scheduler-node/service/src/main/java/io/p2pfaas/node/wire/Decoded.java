package io.p2pfaas.node.wire;

import java.util.function.Consumer;

/** What reading something from the network gave. */
public sealed interface Decoded<T> {
    /** It made sense. */
    record Ok<T>(T value) implements Decoded<T> {}

    /** It did not; {@code why} is for a log line. */
    record Malformed<T>(String why) implements Decoded<T> {}

    /** Hands the value to {@code use}, or the trouble to {@code complain}. */
    default void then(Consumer<? super T> use, Consumer<String> complain) {
        if (this instanceof Ok<T> ok) {
            use.accept(ok.value());
        } else if (this instanceof Malformed<T> malformed) {
            complain.accept(malformed.why());
        }
    }
}
