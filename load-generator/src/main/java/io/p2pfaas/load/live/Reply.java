package io.p2pfaas.load.live;

import io.p2pfaas.load.record.Executor;
import java.util.OptionalInt;

/** What a transport says at the end of a call. */
public sealed interface Reply {
    /** The whole answer arrived. */
    record Answer(int status, OptionalInt errorCode, Executor executor) implements Reply {}

    /**
     * No connection, or it broke.
     *
     * @param detail for people; few distinct texts
     */
    record Broken(String detail) implements Reply {}
}
