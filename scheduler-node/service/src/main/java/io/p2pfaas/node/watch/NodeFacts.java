package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.peers.PeerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a node knows of itself and its peers beside what is counted here.
 *
 * @param scheduler the policy in force, in the words of users
 * @param uptimeSeconds since it started
 * @param config what should be the same on all nodes, or be seen to differ
 * @param left those of the nodes that are not there any more that have said so
 */
public record NodeFacts(
        boolean ready,
        String scheduler,
        long uptimeSeconds,
        List<FunctionFacts> functions,
        Map<String, String> config,
        List<PeerFacts> peers,
        Set<NodeId> left) {
    /**
     * A function of this node.
     *
     * @param kind what runs it
     * @param usable whether calls can be run just now
     * @param replicas instances that can take calls; empty if it is of a kind that has none
     */
    public record FunctionFacts(FunctionName name, String kind, boolean usable, OptionalInt replicas) {}

    /**
     * A node that this one knows, or itself.
     *
     * @param self whether it is this node
     * @param http where it is reached, empty if unknown
     * @param load the last that was heard
     * @param ageNanos of that
     */
    public record PeerFacts(
            NodeId id,
            boolean self,
            PeerState state,
            boolean suspect,
            String http,
            String version,
            Set<FunctionName> functions,
            Optional<Load> load,
            long ageNanos) {
        /** Whether it should be heard of and is not, or did not answer when asked. */
        public boolean isSilent(long staleNanos) {
            return !self && state == PeerState.ONLINE && (suspect || ageNanos > staleNanos);
        }
    }
}
