package io.p2pfaas.load.sim;

import io.p2pfaas.core.node.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the nodes' schedulers did wrong in a run, warm-up included: how often, and the first time in words. */
final class PolicyFaults {
    private record Seen(String first, long count) {}

    private final Map<String, Seen> byKind = new LinkedHashMap<>();

    void add(Effect.PolicyFaulted faulted) {
        String kind = faulted.policy() + ": " + faulted.fault().label();
        Seen before = byKind.get(kind);
        byKind.put(kind, before == null ? new Seen(faulted.detail(), 1) : new Seen(before.first(), before.count() + 1));
    }

    /** A sentence for each kind, if there are any. */
    void tell(String where, Consumer<String> reader) {
        byKind.forEach((kind, seen) -> reader.accept(where + ": scheduler " + kind + ", " + seen.count()
                + " times; these calls ran or waited where they were. The first: " + seen.first()));
    }
}
