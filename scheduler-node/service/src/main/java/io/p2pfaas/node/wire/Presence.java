package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.Properties.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a node says of itself, retained; its last will says the same with state {@code lost}. A node that leaves cleanly
 * deletes it.
 *
 * @param session start counter; a will of an older session is ignored
 * @param http where callers reach it, {@code host:port}
 */
public record Presence(
        NodeId node,
        PeerState state,
        long session,
        String version,
        int slots,
        Set<FunctionName> functions,
        String http) {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_SLOTS = 1_000_000;
    private static final int MAX_TEXT = 255;

    public Presence {
        functions = Set.copyOf(functions);
    }

    /** The same node in another state. */
    public Presence withState(PeerState other) {
        return new Presence(node, other, session, version, slots, functions, http);
    }

    /** The same node with another number of slots. */
    public Presence withSlots(int other) {
        return new Presence(node, state, session, version, other, functions, http);
    }

    /** The same node with other functions. */
    public Presence withFunctions(Set<FunctionName> other) {
        return new Presence(node, state, session, version, slots, other, http);
    }

    /** The retained message. */
    public WireMessage encode(Topics topics) {
        String names = new TreeSet<>(functions)
                .stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",", "[", "]"));
        String json = "{\"state\":\"" + state.label() + "\",\"session\":" + session
                + ",\"version\":\"" + version + "\",\"slots\":" + slots + ",\"functions\":" + names + ",\"http\":\""
                + http + "\"}";
        return message(topics, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The message that deletes a node's presence. */
    public static WireMessage deletion(Topics topics, NodeId node) {
        return new WireMessage(
                topics.state(node), WireMessage.noBytes(), true, true, null, null, null, 0, Headers.EMPTY);
    }

    private WireMessage message(Topics topics, ByteBuffer payload) {
        return new WireMessage(
                topics.state(node),
                payload.asReadOnlyBuffer(),
                true,
                true,
                null,
                null,
                "application/json",
                0,
                Headers.EMPTY);
    }

    /**
     * Reads a message of the state topic of {@code node}. An empty payload is a clean leave: state lost, of the newest
     * session there can be.
     */
    public static Decoded<Presence> decode(NodeId node, ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return new Decoded.Ok<>(new Presence(node, PeerState.LOST, Long.MAX_VALUE, "", 1, Set.of(), ""));
        }
        try {
            Map<String, String> fields = SampleCodec.flatObject(payload, MAX_BYTES);
            PeerState state = state(fields.getOrDefault("state", ""));
            return new Decoded.Ok<>(new Presence(
                    node,
                    state,
                    SampleCodec.field(fields, "session", 0, Long.MAX_VALUE - 1),
                    plain(fields, "version"),
                    (int) SampleCodec.field(fields, "slots", 1, MAX_SLOTS),
                    functions(fields.getOrDefault("functions", "")),
                    plain(fields, "http")));
        } catch (IOException | Malformed malformed) {
            return new Decoded.Malformed<>("presence of " + node + ": " + malformed.getMessage());
        }
    }

    /** These come into header fields and JSON texts of this node: nothing in them may end such a text early. */
    private static String plain(Map<String, String> fields, String name) throws Malformed {
        String text = fields.getOrDefault(name, "");
        boolean isPlain =
                text.length() <= MAX_TEXT && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
        if (!isPlain) {
            throw new Malformed("field " + name + " has characters that it cannot have, or too many");
        }
        return text;
    }

    private static PeerState state(String text) throws Malformed {
        for (PeerState state : PeerState.values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        throw new Malformed("state is none of online, draining, lost");
    }

    private static Set<FunctionName> functions(String joined) throws Malformed {
        Set<FunctionName> functions = new TreeSet<>();
        for (String name : joined.split(",", -1)) {
            if (name.isEmpty()) {
                continue;
            }
            if (!FunctionName.isValid(name)) {
                throw new Malformed("a function has an impossible name");
            }
            functions.add(new FunctionName(name));
        }
        return functions;
    }
}
