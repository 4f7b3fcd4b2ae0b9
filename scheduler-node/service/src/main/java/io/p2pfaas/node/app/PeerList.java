package io.p2pfaas.node.app;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.node.call.JsonText;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The living peers as P2PFaaS's discovery service lists machines. Living is who is online and was heard of within three
 * heartbeats: one that is not is left out at once, where the original kept it for up to forty minutes, or for ever.
 *
 * @param staleAfterNanos a peer not heard of for longer does not count as living
 * @param hostOf the host of a peer's HTTP address
 * @param groupName of this machine, and so of all in its cluster
 */
record PeerList(long staleAfterNanos, Function<NodeId, String> hostOf, Supplier<String> groupName) {
    /**
     * To be called while nothing changes in the brain.
     *
     * @param wallSeconds the wall clock
     */
    String of(NodeBrain brain, long nowNanos, long wallSeconds) {
        // To the broker and back: a message to a peer and its answer take about twice that.
        double ping = (double) brain.linkRoundTripNanos() / TimeUnit.SECONDS.toNanos(1);
        StringJoiner machines = new StringJoiner(",", "[", "]");
        int number = 0;
        for (Peer peer : brain.peers()) {
            long age = peer.ageNanos(nowNanos);
            if (peer.isListed(nowNanos, staleAfterNanos)) {
                number++;
                machines.add("{\"_id\":" + number + ",\"ip\":" + JsonText.quoted(hostOf.apply(peer.id()))
                        + ",\"name\":\"" + peer.id() + "\",\"group_name\":" + JsonText.quoted(groupName.get())
                        + ",\"ping\":" + String.format(Locale.ROOT, "%.6f", ping) + ",\"last_update\":"
                        + (wallSeconds - TimeUnit.NANOSECONDS.toSeconds(age))
                        + ",\"alive\":true,\"dead_polls\":0}");
            }
        }
        return machines.toString();
    }
}
