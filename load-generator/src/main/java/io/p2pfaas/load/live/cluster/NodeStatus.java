package io.p2pfaas.load.live.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a node says of itself on {@code /status}.
 *
 * @param broker as the node was told it
 * @param calls callers' calls
 * @param peers as this node knows them
 */
public record NodeStatus(
        String id,
        boolean ready,
        String broker,
        boolean linkUp,
        String scheduler,
        int running,
        int slots,
        int queued,
        int queueMax,
        Calls calls,
        List<Peer> peers) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Counts since the node started. */
    public record Calls(
            long received,
            long done,
            long failed,
            long rejected,
            long expired,
            long cancelled,
            long inFlight,
            long ranHere,
            long ranAway,
            long fromPeers) {}

    /**
     * A peer.
     *
     * @param sampleAgeMillis age of what is known of its load; empty if nothing is
     */
    public record Peer(String id, String state, boolean suspect, OptionalLong sampleAgeMillis) {
        /** It can be given calls. */
        public boolean isUsable() {
            return state.equals("online") && !suspect && sampleAgeMillis.isPresent();
        }
    }

    public NodeStatus {
        peers = List.copyOf(peers);
    }

    /**
     * Reads it. Fields that are missing are empty or zero, so that other versions of nodes can be looked at, too.
     *
     * @throws IllegalArgumentException if it is no JSON object with an id
     */
    public static NodeStatus parse(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a node's status: " + broken.getOriginalMessage(), broken);
        }
        if (!root.path("id").isTextual()) {
            throw new IllegalArgumentException("not a node's status, it has no id");
        }
        List<Peer> peers = new ArrayList<>();
        for (JsonNode peer : root.path("peers")) {
            JsonNode age = peer.path("sampleAgeMillis");
            peers.add(new Peer(
                    peer.path("id").asText(),
                    peer.path("state").asText(),
                    peer.path("suspect").asBoolean(),
                    age.isNumber() ? OptionalLong.of(age.asLong()) : OptionalLong.empty()));
        }
        return new NodeStatus(
                root.path("id").asText(),
                root.path("ready").asBoolean(),
                root.path("broker").asText(),
                root.path("linkUp").asBoolean(),
                root.path("scheduler").asText(),
                root.path("running").asInt(),
                root.path("slots").asInt(),
                root.path("queued").asInt(),
                root.path("queueMax").asInt(),
                calls(root.path("calls")),
                peers);
    }

    private static Calls calls(JsonNode calls) {
        return new Calls(
                calls.path("received").asLong(),
                calls.path("done").asLong(),
                calls.path("failed").asLong(),
                calls.path("rejected").asLong(),
                calls.path("expired").asLong(),
                calls.path("cancelled").asLong(),
                calls.path("inFlight").asLong(),
                calls.path("ranHere").asLong(),
                calls.path("ranAway").asLong(),
                calls.path("fromPeers").asLong());
    }

    /** Whether it takes calls, has its link, and can hand calls to so many peers. */
    boolean knows(int usablePeers) {
        return ready && linkUp && peers.stream().filter(Peer::isUsable).count() == usablePeers;
    }

    /** Whether nothing of callers or peers is left in it. */
    boolean isIdle() {
        return calls.inFlight() == 0 && running == 0 && queued == 0;
    }
}
