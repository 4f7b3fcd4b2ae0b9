package io.p2pfaas.core.node;

import io.p2pfaas.core.model.NodeId;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link NodeBrain} is told once. Slots, queue and policy can be changed later by an event.
 *
 * @param session start counter of this process, higher than that of any former life
 * @param slots K, calls that may run at once
 * @param queueMax Q, calls that may wait; 0 = no queue
 * @param heartbeatNanos a sample is sent at least this often
 * @param minSampleGapNanos and at most this often
 * @param acceptDelayNanos a peer's call that is not ended after this time is confirmed as accepted
 * @param acceptTimeoutNanos a peer that has not answered at all after this time is suspect
 * @param probeTimeoutNanos a probe that is not answered after this time counts as unknown
 * @param bookingNanos how long a booked slot waits for the body
 * @param bookAboveBytes larger bodies are sent only after a slot was booked
 * @param maxUnacknowledged forwards and offers that the broker may have in hand before policies keep calls here
 * @param maxAttempts forwards, offers and waits for one call, whatever the policy says
 * @param maxHops changes of node for one call, whatever the policy says
 * @param maxCalls calls that this node keeps in mind at once
 * @param maxPeers peers that this node keeps in mind
 */
public record BrainSettings(
        NodeId self,
        long session,
        int slots,
        int queueMax,
        long heartbeatNanos,
        long minSampleGapNanos,
        long acceptDelayNanos,
        long acceptTimeoutNanos,
        long probeTimeoutNanos,
        long bookingNanos,
        long bookAboveBytes,
        int maxUnacknowledged,
        int maxAttempts,
        int maxHops,
        int maxCalls,
        int maxPeers) {
    /** A sample older than three heartbeats counts as none. */
    private static final int HEARTBEATS_TO_STALE = 3;

    /** The defaults for everything that an operator hardly ever changes. */
    public static BrainSettings of(NodeId self, long session, int slots, int queueMax) {
        return new BrainSettings(
                self,
                session,
                slots,
                queueMax,
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.MILLISECONDS.toNanos(20),
                TimeUnit.MILLISECONDS.toNanos(50),
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.MILLISECONDS.toNanos(250),
                TimeUnit.SECONDS.toNanos(2),
                64 * 1024,
                256,
                8,
                16,
                10_000,
                16_384);
    }

    /** The same with what an operator may change. */
    public BrainSettings with(
            long newHeartbeatNanos,
            long newAcceptTimeoutNanos,
            long newBookAboveBytes,
            int newMaxAttempts,
            int newMaxCalls) {
        return new BrainSettings(
                self,
                session,
                slots,
                queueMax,
                newHeartbeatNanos,
                minSampleGapNanos,
                acceptDelayNanos,
                newAcceptTimeoutNanos,
                probeTimeoutNanos,
                bookingNanos,
                newBookAboveBytes,
                maxUnacknowledged,
                newMaxAttempts,
                maxHops,
                newMaxCalls,
                maxPeers);
    }

    /** From this age on a sample counts as none. */
    public long staleAfterNanos() {
        return HEARTBEATS_TO_STALE * heartbeatNanos;
    }
}
