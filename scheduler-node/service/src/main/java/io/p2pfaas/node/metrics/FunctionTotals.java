package io.p2pfaas.node.metrics;

import io.p2pfaas.core.model.FunctionName;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often the functions of this node ran, and how that ended, from the node's start on. Names come from those who
 * deploy, so they are bounded: what is too much goes under one name. Thread-safe.
 */
public final class FunctionTotals {
    static final int MAX_NAMES = 256;
    /** No function can be called so. */
    static final String OTHER = "_other";

    private final Map<String, Totals> byName = new ConcurrentHashMap<>();

    /** How an execution ended. */
    public enum Ended {
        /** The function answered, with a status below 500. */
        WELL,
        /** It answered with a status from 500 on, or could not be brought to answer. */
        WITH_ERROR,
        /** Its time was up. */
        TOO_LATE
    }

    /** Of one function. */
    static final class Totals {
        private final LongAdder well = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder timeouts = new LongAdder();
        private final LongAdder coldStarts = new LongAdder();

        private LongAdder of(Ended how) {
            return switch (how) {
                case WELL -> well;
                case WITH_ERROR -> errors;
                case TOO_LATE -> timeouts;
            };
        }

        long ended(Ended how) {
            return of(how).sum();
        }

        long coldStarts() {
            return coldStarts.sum();
        }
    }

    Totals of(String label) {
        return byName.computeIfAbsent(label, name -> new Totals());
    }

    /** The name under which a function is counted. */
    String label(FunctionName function) {
        String name = function.value();
        return byName.containsKey(name) || byName.size() < MAX_NAMES ? name : OTHER;
    }

    /** An execution has ended on this node. */
    public void executed(FunctionName function, Ended how) {
        of(label(function)).of(how).increment();
    }

    /** A new instance of a function takes calls. */
    public void coldStart(FunctionName function) {
        of(label(function)).coldStarts.increment();
    }

    /** Forgets functions that are not here any more, and knows those that are. */
    void keepOnly(Collection<FunctionName> deployed) {
        Set<String> labels = ConcurrentHashMap.newKeySet();
        deployed.forEach(function -> labels.add(function.value()));
        byName.keySet().removeIf(label -> !label.equals(OTHER) && !labels.contains(label));
        deployed.forEach(function -> of(label(function)));
    }

    Set<String> labels() {
        return Set.copyOf(byName.keySet());
    }
}
