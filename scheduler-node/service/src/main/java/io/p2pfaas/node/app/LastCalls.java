package io.p2pfaas.node.app;

import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.loop.NodeLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The calls that a node has when it is told to stop. */
final class LastCalls {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Peers' loads change: what waits is offered to them again after this time. */
    private static final long SEND_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NodeLoop loop;
    private final HttpEntrance entrance;

    LastCalls(NodeLoop loop, HttpEntrance entrance) {
        this.loop = loop;
        this.entrance = entrance;
    }

    /**
     * Waits until they have ended or the time is over. In its second half what waits here is put into peers' queues too.
     */
    void awaitEnd(long graceNanos) {
        long began = System.nanoTime();
        long lastSendOff = began;
        loop.offer(new Event.Draining());
        while (inFlight() > 0 || entrance.holdsBodies() || entrance.openAsyncCalls() > 0) {
            long now = System.nanoTime();
            if (now - began >= graceNanos) {
                return;
            }
            if (now - lastSendOff >= SEND_OFF_NANOS) {
                lastSendOff = now;
                loop.offer(new Event.Draining(now - began > graceNanos / 2));
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private long inFlight() {
        return loop.look(
                brain -> brain.counters().inFlightFrom(false) + brain.counters().inFlightFrom(true));
    }
}
