package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long it takes until a message of the node is back and acknowledged. Both come from the broker one right after the
 * other, and the node says nothing in between: a broker that waits for its first packet's acknowledgement before it sends
 * the second (Nagle's algorithm) needs 40 ms and more, as it does for each forwarded call. Thread-safe.
 *
 * <p>On the node's own watch topic, which it hears at QoS 0: at QoS 1 its acknowledgement would go out at once, and hide it.
 */
public final class LinkEcho {
    /** The first ones of a pause are quick, since the network stack acknowledges those at once. */
    private static final int ROUNDS = 12;

    private static final int MAX_AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String PREFIX = "echo-";

    private final NodeId self;
    private final Topics topics;
    private final Transport transport;
    private final LongSupplier clock;
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    LinkEcho(NodeId self, Topics topics, Transport transport, LongSupplier clock) {
        this.self = self;
        this.topics = topics;
        this.transport = transport;
        this.clock = clock;
    }

    /** Completes with the median in nanoseconds, or with nothing if messages do not come back; never exceptionally. */
    public CompletionStage<OptionalLong> measure() {
        if (waiting.size() >= MAX_AT_ONCE) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        CompletionStage<long[]> rounds = CompletableFuture.completedFuture(new long[ROUNDS]);
        for (int i = 0; i < ROUNDS; i++) {
            int number = i;
            rounds = rounds.thenCompose(times -> round().thenApply(nanos -> {
                times[number] = nanos;
                return times;
            }));
        }
        return rounds.handle((times, failed) -> failed != null ? OptionalLong.empty() : OptionalLong.of(median(times)));
    }

    private static long median(long[] times) {
        return Arrays.stream(times).sorted().toArray()[times.length / 2];
    }

    private CompletionStage<Long> round() {
        String number = PREFIX + UUID.randomUUID();
        CompletableFuture<Void> back = new CompletableFuture<>();
        waiting.put(number, back);
        long sent = clock.getAsLong();
        CompletionStage<Transport.Delivery> published = transport.publish(new WireMessage(
                topics.watch(self),
                WireMessage.noBytes(),
                true,
                false,
                null,
                ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer(),
                null,
                PATIENCE.toSeconds(),
                Headers.EMPTY));
        CompletionStage<Transport.Delivery> checked = published.whenComplete((delivery, failed) -> {
            if (failed != null || delivery != Transport.Delivery.TAKEN) {
                back.completeExceptionally(new IllegalStateException("it cannot come back: " + delivery));
            }
        });
        return back.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenCombine(checked, (heard, taken) -> clock.getAsLong() - sent)
                .whenComplete((nanos, failed) -> waiting.remove(number));
    }

    /** Whether a message on the node's own watch topic was one of these. */
    boolean heard(WireMessage message) {
        ByteBuffer correlation = message.correlation();
        if (correlation == null) {
            return false;
        }
        CompletableFuture<Void> back = waiting.get(
                StandardCharsets.US_ASCII.decode(correlation.duplicate()).toString());
        if (back == null) {
            return false;
        }
        back.complete(null);
        return true;
    }
}
