package io.p2pfaas.node.trace;

import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.TracedCall;
import io.p2pfaas.node.call.Tracing;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins the traces of calls, or their parts on this node. Whether a call is recorded is decided where its trace begins:
 * the flag that came with it wins, and of calls without one a share is drawn.
 */
public final class Tracer implements Tracing {
    /** As much as everybody should hand on. */
    private static final int MAX_STATE = 512;

    private final double share;
    private final Consumer<Span> sink;
    private final WallClock clock;
    private final Supplier<RandomGenerator> random;

    /**
     * @param share of calls that came without a trace, from 0 to 1
     * @param monotonic the clock that calls are timed with
     */
    public Tracer(double share, SpanExport export, LongSupplier monotonic) {
        this(share, export::offer, new WallClock(monotonic, wall(Clock.systemUTC())), ThreadLocalRandom::current);
    }

    /** @param random asked for by each thread, for ids and the share */
    Tracer(double share, Consumer<Span> sink, WallClock clock, Supplier<RandomGenerator> random) {
        this.share = share;
        this.sink = sink;
        this.clock = clock;
        this.random = random;
    }

    private static LongSupplier wall(Clock clock) {
        return () -> {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        };
    }

    @Override
    public TracedCall begin(Arrived arrived) {
        RandomGenerator chance = random.get();
        Headers headers = arrived.request().headers();
        TraceParent parent = parent(headers);
        if (parent == null) {
            TraceParent first = TraceParent.begin(isDrawn(chance), chance);
            return new CallSpans(this, arrived, first, "", "");
        }
        TraceParent here = parent.withSpan(TraceParent.newSpanId(chance));
        return new CallSpans(this, arrived, here, parent.spanId(), state(headers));
    }

    private boolean isDrawn(RandomGenerator chance) {
        return share >= 1 || (share > 0 && chance.nextDouble() < share);
    }

    /** Two of them say nothing: nobody knows which one is right. */
    private static @Nullable TraceParent parent(Headers headers) {
        String[] found = {null, null};
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase(TracedCall.PARENT_FIELD)) {
                found[1] = found[0];
                found[0] = value;
            }
        });
        String only = found[0];
        return only == null || found[1] != null ? null : TraceParent.parse(only.strip());
    }

    private static String state(Headers headers) {
        StringBuilder state = new StringBuilder();
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase(TracedCall.STATE_FIELD)) {
                state.append(state.isEmpty() ? "" : ",").append(value);
            }
        });
        return state.length() <= MAX_STATE ? state.toString() : firstEntries(state.substring(0, MAX_STATE + 1));
    }

    /** Whole entries only; those in front are the newest. */
    private static String firstEntries(String cut) {
        return cut.substring(0, Math.max(0, cut.lastIndexOf(',')));
    }

    String newSpanId() {
        return TraceParent.newSpanId(random.get());
    }

    long wallOffset() {
        return clock.offset();
    }

    void record(Span span) {
        sink.accept(span);
    }
}
