package io.p2pfaas.core.model;

/**
 * How busy a node is.
 *
 * @param running calls that hold a slot
 * @param slots how many calls may run at once (K)
 * @param queued calls that wait for a slot
 * @param queueMax places in the queue (Q); 0 = no queue
 */
public record Load(int running, int slots, int queued, int queueMax) {
    public Load {
        if (running < 0 || slots < 1 || queued < 0 || queueMax < 0) {
            throw new IllegalArgumentException("not a load: running=" + running + " slots=" + slots + " queued="
                    + queued + " queueMax=" + queueMax);
        }
    }

    /** L: running plus queued. */
    public int total() {
        return running + queued;
    }

    /** C: slots plus queue places. */
    public int capacity() {
        return slots + queueMax;
    }

    /** True while a call would start at once. */
    public boolean hasFreeSlot() {
        return running < slots && queued == 0;
    }

    /** True while a call would start or find a place to wait. */
    public boolean hasRoom() {
        return hasFreeSlot() || queued < queueMax;
    }
}
