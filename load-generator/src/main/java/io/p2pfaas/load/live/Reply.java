package io.p2pfaas.load.live;

import io.p2pfaas.load.record.Executor;
import java.util.OptionalInt;

/** What a transport says at the end of a call. */
public sealed interface Reply {
    /**
     * The whole answer arrived.
     *
     * @param reason why the call was not done, as a word; empty if the node gave none
     */
    record Answer(int status, OptionalInt errorCode, Executor executor, String reason) implements Reply {
        /** An answer without a reason. */
        public Answer(int status, OptionalInt errorCode, Executor executor) {
            this(status, errorCode, executor, "");
        }
    }

    /**
     * No connection, or it broke.
     *
     * @param detail for people; few distinct texts
     */
    record Broken(String detail) implements Reply {}
}
