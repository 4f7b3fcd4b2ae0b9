package io.p2pfaas.node.trace;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A {@code traceparent} of W3C Trace Context: in which trace something happens, and below which span.
 *
 * @param traceId 32 hexadecimal digits, in lower case as all here, not all 0
 * @param spanId 16 of them, not all 0
 */
record TraceParent(String traceId, String spanId, int flags) {
    private static final int SAMPLED = 1;
    /** Sampled, and that the trace id is random: all others have no meaning yet and must not be sent on. */
    private static final int KNOWN_FLAGS = 3;

    private static final int LENGTH = 55;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int HEX = 16;

    /** Reads one; null if it makes no sense, and then it is to be treated as if there were none. */
    static @Nullable TraceParent parse(String text) {
        boolean isLong = text.length() > LENGTH;
        if (text.length() < LENGTH
                || text.charAt(TRACE_AT - 1) != '-'
                || text.charAt(SPAN_AT - 1) != '-'
                || text.charAt(FLAGS_AT - 1) != '-'
                || (isLong && text.charAt(LENGTH) != '-')) {
            return null;
        }
        String version = text.substring(0, TRACE_AT - 1);
        String trace = text.substring(TRACE_AT, SPAN_AT - 1);
        String span = text.substring(SPAN_AT, FLAGS_AT - 1);
        String flags = text.substring(FLAGS_AT, LENGTH);
        boolean isFine = isHex(version)
                && !version.equals("ff")
                && (!version.equals("00") || !isLong)
                && isHex(trace)
                && !isZero(trace)
                && isHex(span)
                && !isZero(span)
                && isHex(flags);
        return isFine ? new TraceParent(trace, span, Integer.parseInt(flags, HEX) & KNOWN_FLAGS) : null;
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }

    /** The beginning of a new trace. */
    static TraceParent begin(boolean isSampled, RandomGenerator random) {
        String trace = newSpanId(random) + newSpanId(random);
        return new TraceParent(trace, newSpanId(random), isSampled ? SAMPLED : 0);
    }

    static String newSpanId(RandomGenerator random) {
        long id = random.nextLong();
        while (id == 0) {
            id = random.nextLong();
        }
        String hex = Long.toHexString(id);
        return "0".repeat(HEX - hex.length()) + hex;
    }

    /** Another span of the same trace. */
    TraceParent withSpan(String otherSpan) {
        return new TraceParent(traceId, otherSpan, flags);
    }

    boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /** As it is sent. */
    String text() {
        return "00-" + traceId + "-" + spanId + "-0" + flags;
    }
}
