package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.SpillGroup;
import org.jspecify.annotations.Nullable;

/** What a topic below {@code ROOT/v1/} says about the message that came on it. */
public sealed interface Address {
    /** Presence of a node. */
    record State(NodeId node) implements Address {}

    /** Load sample of a node. */
    record Load(NodeId node) implements Address {}

    /** What a node reports of itself while somebody looks. */
    record Report(NodeId node) implements Address {}

    /** Somebody looks at the cluster at this node, and wants reports. */
    record Watch(NodeId node) implements Address {}

    /** The sender's probe for the node. */
    record Probe(NodeId node, NodeId sender) implements Address {}

    /** Something that the sender tells the node unasked. */
    record Notice(NodeId node, NodeId sender) implements Address {}

    /** The sender's answer to the node. */
    record Answer(NodeId node, NodeId sender) implements Address {}

    /** A call that the sender forwards to the node. */
    record Forward(NodeId node, NodeId sender, FunctionName function) implements Address {}

    /** The sender's call, dealt by a group. */
    record Spill(SpillGroup group, FunctionName function, NodeId sender) implements Address {}

    /** An answer to a call that the node made as a client. */
    record Inbox(NodeId node) implements Address {}

    /** A caller's call; the function's name as the caller wrote it. */
    record Call(String function) implements Address {}

    /** The document that all nodes' scheduler is set by. */
    String SCHEDULER = "scheduler";

    /** The document that all nodes' slots and queue are set by. */
    String NODE = "node";

    /** The document that all nodes' shadow is set by. */
    String SHADOW = "shadow";

    /** A document that changes all nodes. */
    record Config(String document) implements Address {}

    /** A 3.1.1 device's call. */
    record DeviceCall(String device, String function, String request) implements Address {}

    /**
     * Reads a topic.
     *
     * @param base {@code ROOT/v1/}
     * @return null for a topic that is not of this version of the tree, or has an id that cannot be one
     */
    static @Nullable Address parse(String base, String topic) {
        if (!topic.startsWith(base)) {
            return null;
        }
        String[] levels = topic.substring(base.length()).split("/", -1);
        return switch (levels[0]) {
            case "node" -> node(levels);
            case "spill" -> spill(SpillGroup.SLOT, levels);
            case "spillq" -> spill(SpillGroup.QUEUE, levels);
            case "cli" ->
                levels.length == 3 && levels[2].equals("trial") && NodeId.isValid(levels[1])
                        ? new Inbox(new NodeId(levels[1]))
                        : null;
            case "watch" -> levels.length == 2 && NodeId.isValid(levels[1]) ? new Watch(new NodeId(levels[1])) : null;
            case "fn" -> levels.length == 2 ? new Call(levels[1]) : null;
            case "config" ->
                levels.length == 2
                                && (levels[1].equals(SCHEDULER) || levels[1].equals(NODE) || levels[1].equals(SHADOW))
                        ? new Config(levels[1])
                        : null;
            case "dev" ->
                levels.length == 5 && levels[2].equals("req") && NodeId.isValid(levels[1])
                        ? new DeviceCall(levels[1], levels[3], levels[4])
                        : null;
            default -> null;
        };
    }

    private static @Nullable Address node(String[] levels) {
        if (levels.length < 3 || !NodeId.isValid(levels[1])) {
            return null;
        }
        NodeId node = new NodeId(levels[1]);
        if (levels.length == 3) {
            return switch (levels[2]) {
                case "state" -> new State(node);
                case "load" -> new Load(node);
                case "report" -> new Report(node);
                default -> null;
            };
        }
        if (levels.length == 4) {
            return levels[2].equals("fn") ? new Call(levels[3]) : null;
        }
        return levels[2].equals("from") && NodeId.isValid(levels[3])
                ? between(node, new NodeId(levels[3]), levels)
                : null;
    }

    private static @Nullable Address between(NodeId node, NodeId sender, String[] levels) {
        if (levels.length == 6) {
            return levels[4].equals("fwd") && FunctionName.isValid(levels[5])
                    ? new Forward(node, sender, new FunctionName(levels[5]))
                    : null;
        }
        if (levels.length != 5) {
            return null;
        }
        return switch (levels[4]) {
            case "probe" -> new Probe(node, sender);
            case "notice" -> new Notice(node, sender);
            case "rsp" -> new Answer(node, sender);
            default -> null;
        };
    }

    private static @Nullable Address spill(SpillGroup group, String[] levels) {
        return levels.length == 3 && FunctionName.isValid(levels[1]) && NodeId.isValid(levels[2])
                ? new Spill(group, new FunctionName(levels[1]), new NodeId(levels[2]))
                : null;
    }
}
