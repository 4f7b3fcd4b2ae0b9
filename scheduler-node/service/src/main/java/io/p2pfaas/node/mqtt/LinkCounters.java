package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.CallerLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened on the broker link since the start. */
public final class LinkCounters {
    private static final Logger LOG = LoggerFactory.getLogger(LinkCounters.class);

    final LongAdder connects = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder unanswerable = new LongAdder();
    final LongAdder answersDropped = new LongAdder();
    final LongAdder configRefused = new LongAdder();
    final LongAdder mappedFailed = new LongAdder();
    private final Map<String, LongAdder> limited = new LinkedHashMap<>();

    /** Nothing has happened yet. */
    public LinkCounters() {
        for (CallerLimits.Limit limit : CallerLimits.Limit.values()) {
            limited.put(limit.label(), new LongAdder());
        }
    }

    void malformed(String why) {
        malformed.increment();
        LOG.debug("malformed message dropped: {}", why);
    }

    void unanswerable(String why) {
        unanswerable.increment();
        // Whoever waits for the answer hears nothing, so the operator must; but not once per message.
        long count = unanswerable.sum();
        if (Long.bitCount(count) == 1) {
            LOG.warn("call not taken, since it cannot be answered ({} so far): {}", count, why);
        }
    }

    void limited(CallerLimits.Limit limit) {
        adder(limit.label()).increment();
    }

    private LongAdder adder(String limit) {
        LongAdder adder = limited.get(limit);
        if (adder == null) {
            throw new IllegalArgumentException("no limit is called " + limit);
        }
        return adder;
    }

    /** The limits that a device's call can be above. */
    public Set<String> limits() {
        return Collections.unmodifiableSet(limited.keySet());
    }

    /** Callers' calls refused since their device was above this limit. */
    public long limited(String limit) {
        return adder(limit).sum();
    }

    /** Messages on mapped topics that ended as a failure nobody had asked for. */
    public long mappedFailed() {
        return mappedFailed.sum();
    }

    /** Times that the link came up. */
    public long connects() {
        return connects.sum();
    }

    /** Messages that made no sense. */
    public long malformed() {
        return malformed.sum();
    }

    /** Messages that had been here before. */
    public long repeated() {
        return repeated.sum();
    }

    /** Callers' calls whose answer may not or cannot be sent. */
    public long unanswerable() {
        return unanswerable.sum();
    }

    /** Messages that should have changed the configuration and did not. */
    public long configRefused() {
        return configRefused.sum();
    }

    /** Answers that could not be delivered while they were worth it. */
    public long answersDropped() {
        return answersDropped.sum();
    }
}
