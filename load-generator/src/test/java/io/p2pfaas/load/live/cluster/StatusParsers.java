package io.p2pfaas.load.live.cluster;

import io.p2pfaas.core.fuzz.Parser;
import java.util.List;

/** What nodes say of themselves. */
public final class StatusParsers {
    private static final int MAX_TEXT = 256 * 1024;

    private StatusParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(Parser.ofText("status", MAX_TEXT, NodeStatus::parse, IllegalArgumentException.class));
    }
}
