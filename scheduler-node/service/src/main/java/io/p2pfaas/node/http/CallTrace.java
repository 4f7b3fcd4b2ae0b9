package io.p2pfaas.node.http;

import io.p2pfaas.node.call.CallId;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By what a call is found again in logs, as the OpenFaaS gateway does it: the function and the caller are told the same
 * id and the same start.
 *
 * @param id the caller's, or one made here
 * @param started nanoseconds since 1970 when the call arrived
 */
record CallTrace(String id, String started) {
    static final String START_FIELD = "X-Start-Time";
    static final String DURATION_FIELD = "X-Duration-Seconds";

    private static final int MICRO_DIGITS = 6;
    private static final HttpString ID = new HttpString(CallId.FIELD);
    private static final HttpString START = new HttpString(START_FIELD);
    private static final HttpString DURATION = new HttpString(DURATION_FIELD);

    /** The trace of a call that arrives now; an id that a caller must not give is replaced. */
    static CallTrace of(@Nullable String given, Supplier<String> newId, Instant now) {
        String id = given != null && CallId.isSane(given) ? given : newId.get();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return new CallTrace(id, Long.toString(nanos));
    }

    /** Unique, but not hard to guess: nothing is hidden behind it. A secure random number would cost as much as a call. */
    static String anyId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low).toString();
    }

    /** Whether a field is one of these. */
    static boolean isTraceField(String name) {
        return switch (name.length()) {
            case 9 -> name.equalsIgnoreCase(CallId.FIELD);
            case 12 -> name.equalsIgnoreCase(START_FIELD);
            case 18 -> name.equalsIgnoreCase(DURATION_FIELD);
            default -> false;
        };
    }

    /** What the function is told. */
    void describe(BiConsumer<String, String> field) {
        field.accept(CallId.FIELD, id);
        field.accept(START_FIELD, started);
    }

    /** What the caller is told. What a function says in these fields is replaced: it would be a second value. */
    void describe(long durationNanos, HeaderMap fields) {
        fields.put(ID, id).put(START, started).put(DURATION, seconds(durationNanos));
    }

    static String seconds(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
        long perSecond = TimeUnit.SECONDS.toMicros(1);
        String fraction = Long.toString(perSecond + micros % perSecond);
        return micros / perSecond + "." + fraction.substring(fraction.length() - MICRO_DIGITS);
    }
}
