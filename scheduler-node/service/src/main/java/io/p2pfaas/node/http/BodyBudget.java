package io.p2pfaas.node.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies are in memory, all calls together: large bodies must not end the node. */
final class BodyBudget {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long max) {
        this.max = max;
    }

    /** Takes so many bytes, or answers false. */
    boolean tryTake(long bytes) {
        if (held.addAndGet(bytes) <= max) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** What gives these bytes back, once, however often it is run. */
    Runnable giveBackOnce(long bytes) {
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                held.addAndGet(-bytes);
            }
        };
    }

    long held() {
        return held.get();
    }
}
