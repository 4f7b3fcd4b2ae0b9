package io.p2pfaas.load.record;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Counts and histograms of the outcomes of one part of a run. Histograms are in nanoseconds with three significant
 * digits. Belongs to one thread until the run is over.
 */
public final class Tally {
    /** Distinct executors or failure texts kept apart; both come from the network, so their number is bounded. */
    private static final int MAX_KEYS = 200;

    private static final String OTHERS = "(others)";
    private static final int SIGNIFICANT_DIGITS = 3;

    private long due;
    private long lastSentNanos;
    private final Map<EndState, Long> states = new EnumMap<>(EndState.class);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> executors = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<EndState, Histogram> latencies = new EnumMap<>(EndState.class);
    private final Histogram sendLag = new Histogram(SIGNIFICANT_DIGITS);

    /** One more call came due. Counted apart from its end, so that a lost call shows. */
    public void onDue() {
        due++;
    }

    /** One due call ended. */
    public void onEnd(Outcome outcome) {
        states.merge(outcome.state(), 1L, Long::sum);
        if (outcome instanceof Outcome.Sent sent) {
            lastSentNanos = Math.max(lastSentNanos, sent.sentNanos());
            sendLag.recordValue(sent.sendLagNanos());
            latencies
                    .computeIfAbsent(sent.state(), state -> new Histogram(SIGNIFICANT_DIGITS))
                    .recordValue(sent.latencyNanos());
        }
        if (outcome instanceof Outcome.Answered answered) {
            statuses.merge(answered.status(), 1L, Long::sum);
            if (answered.state() == EndState.OK) {
                count(executors, answered.executor().name());
            }
        } else if (outcome instanceof Outcome.Unanswered unanswered
                && unanswered.state() == EndState.CONNECTION_ERROR) {
            count(failures, unanswered.detail());
        }
    }

    private static void count(Map<String, Long> counts, String key) {
        counts.merge(counts.size() < MAX_KEYS || counts.containsKey(key) ? key : OTHERS, 1L, Long::sum);
    }

    /** Calls that came due. */
    public long due() {
        return due;
    }

    /** Calls that ended in {@code state}. */
    public long ended(EndState state) {
        return states.getOrDefault(state, 0L);
    }

    /** Calls that ended, in any state. */
    public long ended() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The accounting identity: every due call ended, in exactly one state. */
    public boolean isBalanced() {
        return due == ended();
    }

    /** Calls that were handed to the network and ended. */
    public long sent() {
        return sendLag.getTotalCount();
    }

    /** Latest sent instant, in nanoseconds from the start of the run; 0 when nothing was sent. */
    public long lastSentNanos() {
        return lastSentNanos;
    }

    /** Rejected calls as a share of the sent ones; empty when nothing was sent. */
    public OptionalDouble lossProbability() {
        return sent() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) ended(EndState.REJECTED) / sent());
    }

    /** Answers by HTTP status, ascending. */
    public Map<Integer, Long> statuses() {
        return Collections.unmodifiableMap(statuses);
    }

    /** 2xx answers by the name of the executor, in alphabetical order. */
    public Map<String, Long> executors() {
        return Collections.unmodifiableMap(executors);
    }

    /** Connection errors by what the transport said, in alphabetical order. */
    public Map<String, Long> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /** Latencies of the sent calls that ended in {@code state}; a copy. */
    public Histogram latency(EndState state) {
        Histogram recorded = latencies.get(state);
        return recorded == null ? new Histogram(SIGNIFICANT_DIGITS) : recorded.copy();
    }

    /** Latencies of all sent calls, however they ended; a copy. */
    public Histogram latencyOfSent() {
        Histogram all = new Histogram(SIGNIFICANT_DIGITS);
        latencies.values().forEach(all::add);
        return all;
    }

    /** How late the generator itself sent; a copy. */
    public Histogram sendLag() {
        return sendLag.copy();
    }
}
