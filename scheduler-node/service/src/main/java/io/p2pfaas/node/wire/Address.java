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

    /** A probe for this node. */
    record Probe(NodeId node) implements Address {}

    /** Something that a peer tells this node unasked. */
    record Notice(NodeId node) implements Address {}

    /** An answer to this node. */
    record Answers(NodeId node) implements Address {}

    /** A call that a peer forwards to this node. */
    record Forward(NodeId node, FunctionName function) implements Address {}

    /** A call dealt by a group. */
    record Spill(SpillGroup group, FunctionName function) implements Address {}

    /** A caller's call; the function's name as the caller wrote it. */
    record Call(String function) implements Address {}

    /** The document that all nodes' scheduler is set by. */
    String SCHEDULER = "scheduler";

    /** The document that all nodes' slots and queue are set by. */
    String NODE = "node";

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
            case "fn" -> levels.length == 2 ? new Call(levels[1]) : null;
            case "config" ->
                levels.length == 2 && (levels[1].equals(SCHEDULER) || levels[1].equals(NODE))
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
                case "probe" -> new Probe(node);
                case "notice" -> new Notice(node);
                case "rsp" -> new Answers(node);
                default -> null;
            };
        }
        if (levels.length != 4) {
            return null;
        }
        return switch (levels[2]) {
            case "fwd" -> FunctionName.isValid(levels[3]) ? new Forward(node, new FunctionName(levels[3])) : null;
            case "fn" -> new Call(levels[3]);
            default -> null;
        };
    }

    private static @Nullable Address spill(SpillGroup group, String[] levels) {
        return levels.length == 2 && FunctionName.isValid(levels[1])
                ? new Spill(group, new FunctionName(levels[1]))
                : null;
    }
}
