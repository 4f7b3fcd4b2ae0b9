package io.p2pfaas.load.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/** PUBLISH, SUBSCRIBE and UNSUBSCRIBE packets that the broker received and sent. Acknowledgements are not counted. */
final class PacketCounts {
    /** What a packet is for. */
    enum Kind {
        /** Calls, offers and bodies. */
        FORWARD("forward"),
        /** Outcomes and refusals. */
        ANSWER("answer"),
        /** "Accepted", for calls that take longer than the accept delay, and bookings. */
        ACCEPTED("accepted"),
        /** Probes and their answers. */
        PROBE("probe"),
        /** Load samples, heartbeats included. */
        SAMPLE("sample"),
        /** What nodes tell single peers unasked. */
        NOTICE("notice"),
        /** Joining and leaving of groups: these packets publish nothing. */
        MEMBERSHIP("membership"),
        /** States and wills. */
        PRESENCE("presence");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final EnumCounts<Kind> in = new EnumCounts<>(Kind.class);
    private final EnumCounts<Kind> out = new EnumCounts<>(Kind.class);

    void in(Kind kind) {
        in.count(kind);
    }

    void out(Kind kind) {
        out.count(kind);
    }

    /** Starts to count from zero. */
    void reset() {
        in.reset();
        out.reset();
    }

    /** By kind and direction, {@code forward-in} and so on; kinds without packets are left out. */
    Map<String, Long> asMap() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            put(counts, kind.label + "-in", in.of(kind));
            put(counts, kind.label + "-out", out.of(kind));
        }
        return counts;
    }

    private static void put(Map<String, Long> counts, String name, long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }
}
