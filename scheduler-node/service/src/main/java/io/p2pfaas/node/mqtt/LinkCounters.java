package io.p2pfaas.node.mqtt;

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
