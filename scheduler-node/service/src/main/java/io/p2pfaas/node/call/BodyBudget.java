package io.p2pfaas.node.call;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies are in memory, all calls together: large bodies must not end the node. */
public final class BodyBudget {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    /** @param max bytes that may be held */
    public BodyBudget(long max) {
        this.max = max;
    }

    /** Takes so many bytes, or answers false. */
    public boolean tryTake(long bytes) {
        if (held.addAndGet(bytes) <= max) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** What one call has taken. */
    public Share share(long bytes) {
        return new Share(bytes);
    }

    /** Bytes that are held now. */
    public long held() {
        return held.get();
    }

    /** The bytes of one call, given back once, however often that is asked for. */
    public final class Share {
        private final AtomicLong bytes;
        private volatile boolean kept;

        private Share(long bytes) {
            this.bytes = new AtomicLong(bytes);
        }

        /** What was taken in advance and not needed is free for others. */
        public void shrinkTo(long needed) {
            long before = bytes.getAndUpdate(now -> Math.min(now, needed));
            held.addAndGet(-Math.max(0, before - needed));
        }

        /** From now on the end of the exchange does not give them back. */
        public void keep() {
            kept = true;
        }

        /** The caller's side of the call is over. */
        public void exchangeEnded() {
            if (!kept) {
                giveBack();
            }
        }

        /** They are free for others. */
        public void giveBack() {
            held.addAndGet(-bytes.getAndSet(0));
        }
    }
}
