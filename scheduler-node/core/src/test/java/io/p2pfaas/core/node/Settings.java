package io.p2pfaas.core.node;

import java.util.concurrent.TimeUnit;

/** Settings for a test that wants one of them different. */
final class Settings {
    private final int slots;
    private final int queueMax;
    private long acceptDelayNanos = TimeUnit.MILLISECONDS.toNanos(50);
    private int maxAttempts = 8;
    private int maxHops = 16;
    private int maxCalls = 10_000;

    private Settings(int slots, int queueMax) {
        this.slots = slots;
        this.queueMax = queueMax;
    }

    static Settings of(int slots, int queueMax) {
        return new Settings(slots, queueMax);
    }

    Settings acceptDelayNanos(long value) {
        acceptDelayNanos = value;
        return this;
    }

    Settings maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    Settings maxHops(int value) {
        maxHops = value;
        return this;
    }

    Settings maxCalls(int value) {
        maxCalls = value;
        return this;
    }

    BrainSettings build() {
        BrainSettings base = BrainSettings.of(Scene.ME, 1, slots, queueMax);
        return new BrainSettings(
                base.self(),
                base.session(),
                slots,
                queueMax,
                base.heartbeatNanos(),
                base.minSampleGapNanos(),
                acceptDelayNanos,
                base.acceptTimeoutNanos(),
                base.probeTimeoutNanos(),
                base.bookingNanos(),
                base.bookAboveBytes(),
                base.maxUnacknowledged(),
                maxAttempts,
                maxHops,
                maxCalls,
                base.maxPeers());
    }
}
