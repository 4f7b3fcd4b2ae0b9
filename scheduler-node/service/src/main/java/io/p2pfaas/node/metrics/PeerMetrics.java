package io.p2pfaas.node.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.ForwardCounts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Who was given calls, and how old what is known of each is. Labels are bounded: so many peers have their own, the calls
 * of all further ones are counted together.
 */
final class PeerMetrics {
    static final int MAX_PEERS = 100;
    static final String OTHER = "_other";

    private final Meters meters;
    private final Supplier<MetricSnapshot> snapshot;
    private final MultiGauge ages;
    private final Set<NodeId> named = new HashSet<>();
    private boolean hasOthers;

    PeerMetrics(Meters meters, Supplier<MetricSnapshot> snapshot) {
        this.meters = meters;
        this.snapshot = snapshot;
        ages = MultiGauge.builder("p2pfaas.peer.sample.age.seconds")
                .description("Age of the last load sample of a peer")
                .register(meters.registry);
    }

    /** To be called before each scrape. */
    void update() {
        MetricSnapshot now = snapshot.get();
        for (NodeId peer : now.counters().forwards().all().keySet()) {
            if (named.contains(peer)) {
                continue;
            }
            if (named.size() < MAX_PEERS) {
                named.add(peer);
                register(
                        peer.value(), () -> snapshot.get().counters().forwards().of(peer));
            } else if (!hasOthers) {
                hasOthers = true;
                register(OTHER, this::others);
            }
        }
        ages.register(
                now.sampleAges().entrySet().stream()
                        .limit(MAX_PEERS)
                        .map(age -> MultiGauge.Row.of(
                                Tags.of("peer", age.getKey().value()), age.getValue() / BrainMetrics.NANOS_PER_SECOND))
                        .collect(Collectors.toList()),
                true);
    }

    private void register(String peer, Supplier<ForwardCounts.Count> count) {
        meters.counter(
                "p2pfaas.peer.forwards",
                "Calls given to a peer, chosen or dealt by the broker",
                () -> count.get().sent(),
                "peer",
                peer);
        Map<String, ToLongFunction<ForwardCounts.Count>> outcomes = new LinkedHashMap<>();
        outcomes.put("done", ForwardCounts.Count::done);
        outcomes.put("refused", ForwardCounts.Count::refused);
        outcomes.put("lost", ForwardCounts.Count::lost);
        outcomes.forEach((outcome, part) -> meters.counter(
                "p2pfaas.peer.outcomes",
                "What became of the calls that were given to a peer",
                () -> part.applyAsLong(count.get()),
                "peer",
                peer,
                "outcome",
                outcome));
    }

    private ForwardCounts.Count others() {
        long[] sums = new long[4];
        snapshot.get().counters().forwards().all().forEach((peer, count) -> {
            if (!named.contains(peer)) {
                sums[0] += count.sent();
                sums[1] += count.done();
                sums[2] += count.refused();
                sums[3] += count.lost();
            }
        });
        return new ForwardCounts.Count(sums[0], sums[1], sums[2], sums[3]);
    }
}
