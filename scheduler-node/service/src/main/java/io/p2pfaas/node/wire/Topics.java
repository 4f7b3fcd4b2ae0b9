package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.List;

/**
 * The topic tree, version 1 (docs/wire-format.md). An id is always a full topic level, so that a broker's ACL needs one
 * line per role, and who a message is from is read from its topic, which the ACL guards, never from its payload.
 */
public final class Topics {
    private static final String SHARE_NODES = "$share/nodes/";
    private static final String SHARE_SPILL = "$share/spill/";

    private final String base;

    /** @param root everything is below this prefix; may have several levels */
    public Topics(String root) {
        this.base = root + "/v1/";
    }

    /** {@code ROOT/v1/}. */
    public String base() {
        return base;
    }

    public String state(NodeId node) {
        return node(node) + "/state";
    }

    public String load(NodeId node) {
        return node(node) + "/load";
    }

    /** What a node reports of itself while somebody looks. */
    public String report(NodeId node) {
        return node(node) + "/report";
    }

    /** On which {@code by} says that somebody looks at the cluster there. */
    public String watch(NodeId by) {
        return base + "watch/" + by;
    }

    public String probe(NodeId to, NodeId from) {
        return between(to, from.value(), "probe");
    }

    /** Where {@code from} tells {@code to} something unasked. */
    public String notice(NodeId to, NodeId from) {
        return between(to, from.value(), "notice");
    }

    /** Where answers of {@code from} to {@code to} go. */
    public String answer(NodeId to, NodeId from) {
        return between(to, from.value(), "rsp");
    }

    public String forward(NodeId to, NodeId from, FunctionName function) {
        return between(to, from.value(), "fwd/" + function);
    }

    private String between(NodeId to, String from, String what) {
        return node(to) + "/from/" + from + "/" + what;
    }

    public String spill(SpillGroup group, FunctionName function, NodeId from) {
        return base + groupLevel(group) + "/" + function + "/" + from;
    }

    /** The subscription that makes a node a member of a group, for one function. */
    public String membership(SpillGroup group, FunctionName function) {
        return SHARE_SPILL + base + groupLevel(group) + "/" + function + "/+";
    }

    private static String groupLevel(SpillGroup group) {
        return switch (group) {
            case SLOT -> "spill";
            case QUEUE -> "spillq";
        };
    }

    /**
     * A topic among the spill topics that no node subscribes to, since no function can have this name: on it a node
     * tries what the broker says of nobody.
     */
    public String nobody(NodeId from) {
        return base + groupLevel(SpillGroup.SLOT) + "/_nobody/" + from;
    }

    private String node(NodeId node) {
        return base + "node/" + node;
    }

    /** What a node hears at QoS 1 for its whole life: what its peers send it. */
    public List<String> inboxes(NodeId self) {
        return List.of(between(self, "+", "fwd/+"), between(self, "+", "rsp"));
    }

    /** Calls of callers, which a node hears at QoS 1 until it leaves. */
    public List<String> calls(NodeId self) {
        return List.of(node(self) + "/fn/+", SHARE_NODES + base + "fn/+", SHARE_NODES + base + "dev/+/req/+/+");
    }

    /** What a node hears at QoS 0: questions and notices for it, and all loads. */
    public List<String> passing(NodeId self) {
        return List.of(between(self, "+", "probe"), between(self, "+", "notice"), allLoads());
    }

    /** Presence of all nodes. */
    public String allStates() {
        return base + "node/+/state";
    }

    /** Load samples of all nodes. */
    public String allLoads() {
        return base + "node/+/load";
    }

    /** Calls of callers that any node may take. */
    public String call(FunctionName function) {
        return base + "fn/" + function;
    }

    /** Where a node hears answers to calls that it made as a client. */
    public String inbox(NodeId node) {
        return base + "cli/" + node + "/trial";
    }

    /** Reports of all nodes. */
    public String allReports() {
        return base + "node/+/report";
    }

    /** Nodes at which somebody looks. */
    public String allWatches() {
        return base + "watch/+";
    }

    /** Documents that change all nodes, by the name of the document. */
    public List<String> configs() {
        return List.of(
                base + "config/" + Address.SCHEDULER,
                base + "config/" + Address.NODE,
                base + "config/" + Address.SHADOW);
    }

    /** Where a 3.1.1 device finds the answer. */
    public String deviceAnswer(String device, String request) {
        return base + "dev/" + device + "/rsp/" + request;
    }

    /** Where a 3.1.1 device finds out that it failed. */
    public String deviceFailure(String device, String request, int status) {
        return deviceAnswer(device, request) + "/" + status;
    }
}
