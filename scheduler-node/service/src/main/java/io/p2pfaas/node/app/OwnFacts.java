package io.p2pfaas.node.app;

import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.runtime.Deployed;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.watch.NodeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What this node knows of itself and its peers, for the live view.
 *
 * @param ready whether callers should come here
 * @param http where it is reached
 */
record OwnFacts(
        NodeSettings settings,
        InForce inForce,
        Deployments deployments,
        NodesSeen nodes,
        BooleanSupplier ready,
        Supplier<String> http,
        long startedNanos)
        implements LiveView.Facts {
    @Override
    public NodeFacts of(NodeBrain brain, long nowNanos) {
        boolean isReady = ready.getAsBoolean();
        NodesSeen.Self self =
                new NodesSeen.Self(isReady ? PeerState.ONLINE : PeerState.DRAINING, http.get(), deployments.names());
        return new NodeFacts(
                isReady,
                inForce.describe(),
                TimeUnit.NANOSECONDS.toSeconds(nowNanos - startedNanos),
                functions(),
                config(brain),
                nodes.facts(brain, self, nowNanos),
                nodes.left());
    }

    private List<NodeFacts.FunctionFacts> functions() {
        List<NodeFacts.FunctionFacts> facts = new ArrayList<>();
        for (Deployed deployed : deployments.all()) {
            FunctionDefinition definition = deployed.definition();
            facts.add(new NodeFacts.FunctionFacts(
                    definition.name(),
                    kind(definition.image()),
                    deployments.names().contains(definition.name()),
                    deployed.runtime() instanceof ReplicatedRuntime replicated
                            ? OptionalInt.of(replicated.replicas().available())
                            : OptionalInt.empty()));
        }
        return facts;
    }

    private static String kind(String image) {
        return image.substring(0, Math.max(0, image.indexOf(':')));
    }

    /** What should be the same on all nodes, or be seen to differ. */
    private Map<String, String> config(NodeBrain brain) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("version", Version.text());
        config.put("scheduler", inForce.describeWanted());
        config.put("slots", Integer.toString(brain.load().slots()));
        config.put("queue", Integer.toString(brain.load().queueMax()));
        config.put("call.timeout", text(settings.call().timeout().toMillis()));
        config.put("call.accept-timeout", text(settings.call().acceptTimeout().toMillis()));
        config.put("call.heartbeat", text(settings.call().heartbeat().toMillis()));
        config.put("call.max-attempts", Integer.toString(settings.call().maxAttempts()));
        config.put("http.max-body", Long.toString(settings.http().maxBodyBytes()));
        return config;
    }

    private static String text(long millis) {
        return millis + " ms";
    }
}
