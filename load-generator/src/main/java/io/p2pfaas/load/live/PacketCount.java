package io.p2pfaas.load.live;

import io.p2pfaas.load.device.BrokerAddress;
import io.p2pfaas.load.device.BrokerMonitor;
import io.p2pfaas.load.device.PublishCounts;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.cluster.NodeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * What nodes make the broker do. PUBLISH packets are the broker's own counts for the time of the measurement, heartbeats
 * and self-tests included, without those that are the devices' calls and answers. Joining and leaving of groups is what
 * nodes count for the whole run, warm-up and drain included, in proportion. Acknowledgements and pings are not counted.
 */
final class PacketCount implements AutoCloseable {
    private static final String MEMBERSHIP = "p2pfaas_membership_changes_total";

    /** Mosquitto says its counters every two seconds at least, if asked to say them every second. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Cluster cluster;
    private final NodeClient client;
    private final PrintWriter log;
    private final @Nullable BrokerMonitor monitor;
    private final Map<URI, Double> membershipBefore = new HashMap<>();

    /** Begins to count, if the broker lets it. */
    PacketCount(Cluster cluster, NodeClient client, String id, PrintWriter log) throws InterruptedException {
        this.cluster = cluster;
        this.client = client;
        this.log = log;
        monitor = listen(cluster.broker(), id);
        for (URI node : cluster.urls()) {
            membership(node).ifPresent(changes -> membershipBefore.put(node, changes));
        }
        // Counts at the start of the measurement lie between two words of the broker, the first of which is now.
        if (monitor != null && !monitor.awaitWordAfter(System.nanoTime(), PATIENCE)) {
            unknown("it does not say its counters on $SYS every second or two (sys_interval 1)");
        }
    }

    private @Nullable BrokerMonitor listen(BrokerAddress broker, String id) {
        try {
            return BrokerMonitor.start(broker, id);
        } catch (MqttException failed) {
            unknown("it cannot be reached: " + failed.getMessage());
            return null;
        }
    }

    private void unknown(String why) {
        log.println("packets through the broker " + cluster.broker() + " are not counted: " + why);
        log.flush();
    }

    private Optional<Double> membership(URI node) throws InterruptedException {
        try {
            return Optional.of(client.metric(node, MEMBERSHIP));
        } catch (IOException ignored) {
            // A dead node counts nothing; one without the metric joins nothing that we know of.
            return Optional.empty();
        }
    }

    /**
     * Packets by kind and direction, as seen by the broker; empty if they are not known.
     *
     * @param fromNanos start of the measurement, an instant of {@link System#nanoTime}
     * @param toNanos its end
     * @param measuredShare share of the run's calls that were due in the measurement
     */
    Map<String, Long> between(long fromNanos, long toNanos, double measuredShare, RunBook book)
            throws InterruptedException {
        Map<String, Long> packets = new LinkedHashMap<>();
        if (monitor == null || !monitor.awaitWordAfter(toNanos, PATIENCE)) {
            return packets;
        }
        Optional<PublishCounts> publishes = monitor.between(fromNanos, toNanos);
        if (publishes.isEmpty()) {
            return packets;
        }
        // A device's call passes the broker in and out, and so does its answer.
        long devices = book.deviceCalls() + book.deviceAnswers();
        packets.put("publish-in", Math.max(0, publishes.get().received() - devices));
        packets.put("publish-out", Math.max(0, publishes.get().sent() - devices));
        double changes = 0;
        for (URI node : cluster.urls()) {
            double after = membership(node).orElse(0.0);
            double before = membershipBefore.getOrDefault(node, 0.0);
            // A node that was restarted counts from zero.
            changes += after < before ? after : after - before;
        }
        packets.put("membership-in", Math.round(changes * measuredShare));
        return packets;
    }

    @Override
    public void close() {
        if (monitor != null) {
            monitor.close();
        }
    }
}
