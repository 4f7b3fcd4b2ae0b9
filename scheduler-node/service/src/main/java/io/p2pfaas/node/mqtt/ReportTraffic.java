package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that nodes make of themselves while somebody looks at the cluster at one of them. That node says so every few
 * seconds, and subscribes to all reports; otherwise none is sent. Thread-safe.
 */
public final class ReportTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(ReportTraffic.class);
    private static final int EXPIRY_SECONDS = 5;

    private final NodeId self;
    private final Topics topics;
    private final Transport transport;
    private final Listener listener;
    private final LinkCounters counters;
    private boolean looking;

    /** Is told what comes, by the thread that receives, which it must not block. */
    public interface Listener {
        /** The broker link came up, or was lost; also again and again while it is lost. */
        void link(boolean isUp);

        /** Somebody looks at the cluster at this node. */
        void asked(NodeId by);

        /** A node reported; false if that makes no sense. */
        boolean heard(NodeId node, ByteBuffer report);
    }

    ReportTraffic(NodeId self, Topics topics, Transport transport, Listener listener, LinkCounters counters) {
        this.self = self;
        this.topics = topics;
        this.transport = transport;
        this.listener = listener;
        this.counters = counters;
    }

    /** The link is up: everything is subscribed anew. A broker may reserve these topics; the node is one all the same. */
    synchronized void up() {
        listener.link(true);
        subscribe(topics.allWatches());
        if (looking) {
            subscribe(topics.allReports());
        }
    }

    void down() {
        listener.link(false);
    }

    /** Somebody looks here, or nobody does any more. */
    public synchronized void look(boolean now) {
        if (now == looking) {
            return;
        }
        looking = now;
        if (now) {
            subscribe(topics.allReports());
        } else {
            transport.unsubscribe(List.of(topics.allReports())).exceptionally(ignored -> null);
        }
    }

    private void subscribe(String filter) {
        CompletionStage<Void> subscribed = transport.subscribe(List.of(filter), false);
        subscribed.whenComplete((done, error) -> {
            if (error != null) {
                LOG.info("{} will not be heard, so pages show less of other nodes: {}", filter, error.getMessage());
            }
        });
    }

    /** Asks all nodes to report for the next seconds. */
    public void ask() {
        send(topics.watch(self), WireMessage.noBytes(), null);
    }

    /** Sends this node's own report, JSON. */
    public void tell(byte[] report) {
        send(topics.report(self), ByteBuffer.wrap(report).asReadOnlyBuffer(), "application/json");
    }

    private void send(String topic, ByteBuffer payload, @Nullable String contentType) {
        transport.publish(
                new WireMessage(topic, payload, false, false, null, null, contentType, EXPIRY_SECONDS, Headers.EMPTY));
    }

    void watch(NodeId by, WireMessage message) {
        if (!by.equals(self) && !message.retained()) {
            listener.asked(by);
        }
    }

    void report(NodeId node, WireMessage message) {
        if (message.retained()) {
            counters.malformed("a report is retained, so nobody knows its age: " + message.topic());
        } else if (!listener.heard(node, message.payload())) {
            counters.malformed("report of " + node + " is none");
        }
    }
}
