package io.p2pfaas.node.app;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.node.ShadowCounts;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.policy.DecisionKind;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.call.JsonText;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A node's view of itself and its peers as JSON: what {@code status} prints.
 *
 * @param broker the one in use, or tried
 * @param linkFailure why it was not reached for the last time; empty if it always was
 */
record StatusText(String id, String version, String http, Supplier<String> broker, Supplier<String> linkFailure) {
    /**
     * What is true at the moment.
     *
     * @param nanos on the node's monotonic clock
     * @param wallMillis since 1970
     */
    record Now(boolean ready, long nanos, long wallMillis) {}

    /** To be called while nothing changes in the brain. */
    String of(NodeBrain brain, Now now, String schedulerWanted, Iterable<FunctionName> functions) {
        Load load = brain.load();
        StringJoiner json = new StringJoiner(",", "{", "}\n");
        json.add(text("id", id))
                .add(text("version", version))
                .add("\"now\":" + now.wallMillis())
                .add("\"ready\":" + now.ready())
                .add(text("http", http))
                .add(text("broker", broker.get()))
                .add("\"linkUp\":" + brain.isLinkUp())
                .add(
                        brain.isLinkUp()
                                ? "\"linkFailure\":null"
                                : "\"linkFailure\":" + JsonText.quoted(linkFailure.get()))
                .add(text("scheduler", brain.policy().describe()))
                .add(text("schedulerWanted", schedulerWanted))
                .add("\"policyFaults\":" + brain.counters().policyFaults())
                .add("\"shadow\":" + shadow(brain))
                .add(load(load))
                .add("\"functions\":" + names(functions))
                .add("\"calls\":" + calls(brain.counters()))
                .add("\"peers\":" + peers(brain, now.nanos()));
        return json.toString();
    }

    private static String shadow(NodeBrain brain) {
        SchedulingPolicy policy = brain.shadow();
        if (policy == null) {
            return "null";
        }
        ShadowCounts counts = brain.counters().shadow();
        StringJoiner decisions = new StringJoiner(",", "[", "]");
        for (DecisionKind real : DecisionKind.values()) {
            for (DecisionKind would : DecisionKind.values()) {
                if (counts.of(real, would) > 0) {
                    decisions.add("{" + text("real", real.label()) + "," + text("shadow", would.label()) + ",\"count\":"
                            + counts.of(real, would) + "}");
                }
            }
        }
        return "{" + text("scheduler", policy.describe()) + ",\"asked\":" + counts.asked() + ",\"samePeer\":"
                + counts.samePeer() + ",\"fromSamples\":" + counts.fromSamples() + ",\"decisions\":" + decisions + "}";
    }

    private static String load(Load load) {
        return "\"running\":" + load.running() + ",\"slots\":" + load.slots() + ",\"queued\":" + load.queued()
                + ",\"queueMax\":" + load.queueMax();
    }

    private static String names(Iterable<FunctionName> functions) {
        StringJoiner names = new StringJoiner(",", "[", "]");
        functions.forEach(name -> names.add("\"" + name + "\""));
        return names.toString();
    }

    private static String calls(Counters counters) {
        StringJoiner calls = new StringJoiner(",", "{", "}");
        calls.add("\"received\":" + counters.receivedFrom(false));
        for (EndState state : EndState.values()) {
            calls.add("\"" + state.name().toLowerCase(Locale.ROOT) + "\":" + counters.endedIn(state, false));
        }
        calls.add("\"inFlight\":" + counters.inFlightFrom(false))
                .add("\"ranHere\":" + counters.executedHere())
                .add("\"ranAway\":" + counters.executedAway())
                .add("\"fromPeers\":" + counters.receivedFrom(true));
        return calls.toString();
    }

    private static String peers(NodeBrain brain, long nowNanos) {
        StringJoiner peers = new StringJoiner(",", "[", "]");
        for (Peer peer : brain.peers()) {
            StringJoiner json = new StringJoiner(",", "{", "}");
            json.add(text("id", peer.id().value()))
                    .add(text("state", peer.state().label()))
                    .add("\"suspect\":" + peer.isSuspect());
            if (peer.sample() != null) {
                json.add(load(peer.sample().load()))
                        .add("\"sampleAgeMillis\":" + TimeUnit.NANOSECONDS.toMillis(peer.ageNanos(nowNanos)));
            }
            peers.add(json.toString());
        }
        return peers.toString();
    }

    private static String text(String name, String value) {
        return "\"" + name + "\":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
