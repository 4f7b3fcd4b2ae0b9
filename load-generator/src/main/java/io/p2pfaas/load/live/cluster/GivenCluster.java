package io.p2pfaas.load.live.cluster;

import io.p2pfaas.load.device.BrokerAddress;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Nodes that somebody else runs. They are looked at, and left as they are. */
final class GivenCluster implements Cluster {
    private final List<URI> urls;
    private final List<String> ids;
    private final BrokerAddress broker;

    private GivenCluster(List<URI> urls, List<String> ids, BrokerAddress broker) {
        this.urls = urls;
        this.ids = ids;
        this.broker = broker;
    }

    /** Looks at each node, and refuses to measure what is not what the point asks for. */
    static GivenCluster of(ClusterShape shape, NodeClient client) throws LaunchFailed, InterruptedException {
        List<URI> urls = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String broker = shape.broker();
        for (String address : shape.addresses()) {
            URI url = URI.create(address);
            NodeStatus status;
            try {
                status = client.status(url);
            } catch (IOException failed) {
                throw new LaunchFailed(String.valueOf(failed.getMessage()), failed);
            }
            require(url, "slots", shape.slots(), status.slots());
            require(url, "queue", shape.queue(), status.queueMax());
            if (!shape.scheduler().isEmpty()) {
                require(url, "scheduler", name(shape.scheduler()), name(status.scheduler()));
            }
            urls.add(url);
            ids.add(status.id());
            broker = broker.equals(ClusterShape.MOSQUITTO) ? status.broker() : broker;
        }
        try {
            return new GivenCluster(List.copyOf(urls), List.copyOf(ids), BrokerAddress.of(broker, shape.root()));
        } catch (IllegalArgumentException other) {
            throw new LaunchFailed(String.valueOf(other.getMessage()), other);
        }
    }

    private static String name(String scheduler) {
        int parameters = scheduler.indexOf('(');
        return parameters < 0 ? scheduler : scheduler.substring(0, parameters).strip();
    }

    private static void require(URI url, String what, Object wanted, Object found) throws LaunchFailed {
        if (!wanted.equals(found)) {
            throw new LaunchFailed("the node at " + url + " has " + what + " " + found + ", and the point asks for "
                    + wanted + "; the lab does not change nodes that it did not launch");
        }
    }

    @Override
    public List<URI> urls() {
        return urls;
    }

    @Override
    public List<String> ids() {
        return ids;
    }

    @Override
    public BrokerAddress broker() {
        return broker;
    }

    @Override
    public void carryOut(FaultSpec fault) throws IOException {
        throw new IOException("the lab did not launch " + fault.target() + ", so it cannot " + fault.kind() + " it");
    }

    @Override
    public void askToEnd(String node) throws IOException {
        throw new IOException("the lab did not launch " + node + ", so it cannot end it");
    }

    @Override
    public long pid(String node) throws IOException {
        throw new IOException("the lab did not launch " + node + ", so it does not know its process");
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public void close() {
        // Nothing here is ours to end.
    }
}
