package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.mqtt.Transport.Delivery;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many publishes at once through to the MQTT client; further ones wait here, in order, up to a bound. The
 * client would make the publishing thread wait instead, for ever if that is the client's own thread. When the connection
 * is lost, nobody knows what became of what is with the client; all that waits has failed, and everything new fails at once. Thread-safe; never blocks.
 */
final class PublishWindow {
    private static final class Pending {
        final WireMessage message;
        final CompletableFuture<Delivery> result = new CompletableFuture<>();

        Pending(WireMessage message) {
            this.message = message;
        }
    }

    private final Function<WireMessage, CompletionStage<Delivery>> client;
    private final int maxWaiting;
    private final long maxWaitingBytes;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Set<Pending> underWay = new LinkedHashSet<>();
    private long waitingBytes;
    private int window;
    private boolean handingOver;

    /**
     * @param client publishes; must complete what it returns
     * @param maxWaiting messages that wait here at most; a further one fails
     * @param maxWaitingBytes the same for their bytes together
     */
    PublishWindow(Function<WireMessage, CompletionStage<Delivery>> client, int maxWaiting, long maxWaitingBytes) {
        this.client = client;
        this.maxWaiting = maxWaiting;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    /** Connected: so many publishes may be unacknowledged. */
    synchronized void open(int newWindow) {
        window = newWindow;
    }

    /** Not connected any more. */
    void close() {
        Deque<Pending> unsure = new ArrayDeque<>();
        Deque<Pending> failed = new ArrayDeque<>();
        synchronized (this) {
            window = 0;
            unsure.addAll(underWay);
            failed.addAll(waiting);
            underWay.clear();
            waiting.clear();
            waitingBytes = 0;
        }
        unsure.forEach(pending -> pending.result.complete(Delivery.UNKNOWN));
        failed.forEach(pending -> pending.result.complete(Delivery.FAILED));
    }

    CompletionStage<Delivery> publish(WireMessage message) {
        Pending pending = new Pending(message);
        int bytes = message.bytes();
        synchronized (this) {
            boolean full = waiting.size() >= maxWaiting || waitingBytes + bytes > maxWaitingBytes;
            if (window == 0 || full) {
                pending.result.complete(Delivery.FAILED);
                return pending.result;
            }
            waiting.add(pending);
            waitingBytes += bytes;
        }
        handOver();
        return pending.result;
    }

    /** One thread at a time hands messages to the client, so that they keep their order. */
    private void handOver() {
        Pending next = next(false);
        while (next != null) {
            Pending sent = next;
            hand(sent.message).whenComplete((delivery, error) -> {
                synchronized (this) {
                    underWay.remove(sent);
                }
                sent.result.complete(error == null ? delivery : Delivery.FAILED);
                handOver();
            });
            next = next(true);
        }
    }

    /** A message that the client cannot even encode has failed; the ones behind it must go on. */
    private CompletionStage<Delivery> hand(WireMessage message) {
        try {
            return client.apply(message);
        } catch (RuntimeException impossible) {
            return CompletableFuture.failedFuture(impossible);
        }
    }

    private synchronized @Nullable Pending next(boolean mine) {
        if (handingOver && !mine) {
            return null;
        }
        handingOver = underWay.size() < window && !waiting.isEmpty();
        if (!handingOver) {
            return null;
        }
        Pending next = waiting.remove();
        waitingBytes -= next.message.bytes();
        underWay.add(next);
        return next;
    }
}
