package io.p2pfaas.node.call;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Placement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What P2PFaaS tells a caller beside the answer: scheduler, timings, and who ran the call. Header fields over HTTP,
 * user properties over MQTT 5. Lists name the origin first and the executing node last; a node in between, which only
 * handed the call on, has 0.
 */
public final class CallReport {
    /** The interface version that P2PFaaS users' scripts expect. */
    public static final String VERSION = "0.3.0b";

    private static final String PREFIX = "X-P2pfaas-";
    public static final String VERSION_FIELD = PREFIX + "Version";
    public static final String SCHEDULER_FIELD = PREFIX + "Scheduler";
    private static final String EXECUTION_TIME = PREFIX + "Timing-Execution-Time-Seconds";
    private static final String TOTAL_LIST = PREFIX + "Timing-Total-Seconds-List";
    private static final String SCHEDULING_LIST = PREFIX + "Timing-Scheduling-Seconds-List";
    private static final String PROBING_LIST = PREFIX + "Timing-Probing-Seconds-List";
    private static final String TOTAL = PREFIX + "Timing-Total-Time-Seconds";
    private static final String SCHEDULING = PREFIX + "Timing-Scheduling-Time-Seconds";
    private static final String PROBING = PREFIX + "Timing-Probing-Time-Seconds";
    private static final String PROBE_MESSAGES = PREFIX + "Timing-Probe-Messages";
    private static final String EXTERNALLY_EXECUTED = PREFIX + "Externally-Executed";
    private static final String HOPS = PREFIX + "Hops";
    private static final String PEERS_IP = PREFIX + "Peers-List-Ip";
    private static final String PEERS_ID = PREFIX + "Peers-List-Id";
    private static final String DECISION = PREFIX + "Decision";
    private static final String LEARNING_STATE = PREFIX + "Scheduler-Learning-State";
    private static final String LEARNING_ACTION = PREFIX + "Scheduler-Learning-Action";
    private static final String LEARNING_EPS = PREFIX + "Scheduler-Learning-Eps";
    private static final String LEARNING_EID = PREFIX + "Scheduler-Learning-Eid";

    /** The names of all fields that there can be. */
    public static final List<String> FIELDS = List.of(
            VERSION_FIELD,
            SCHEDULER_FIELD,
            EXECUTION_TIME,
            TOTAL_LIST,
            SCHEDULING_LIST,
            PROBING_LIST,
            TOTAL,
            SCHEDULING,
            PROBING,
            PROBE_MESSAGES,
            EXTERNALLY_EXECUTED,
            HOPS,
            PEERS_IP,
            PEERS_ID,
            LEARNING_STATE,
            LEARNING_ACTION,
            LEARNING_EPS,
            LEARNING_EID,
            DECISION,
            TracedCall.PARENT_FIELD);

    private final Supplier<String> policy;
    private final Function<NodeId, String> hostOf;

    /**
     * @param policy describes the policy in force
     * @param hostOf the address that a node's presence names; empty if unknown
     */
    public CallReport(Supplier<String> policy, Function<NodeId, String> hostOf) {
        this.policy = policy;
        this.hostOf = hostOf;
    }

    /** Hands all fields to {@code field}. */
    public void describe(Call call, End end, Placement placement, long totalNanos, BiConsumer<String, String> field) {
        field.accept(VERSION_FIELD, VERSION);
        field.accept(SCHEDULER_FIELD, scheduler(call));
        if (call.payload() instanceof TakenCall taken) {
            describe(taken, field);
        }
        Choice choice = placement.choice();
        if (choice != null) {
            describe(choice, field);
        }
        Outcome outcome = end.payload() instanceof Outcome known ? known : null;
        if (outcome != null) {
            field.accept(EXECUTION_TIME, seconds(outcome.executionNanos()));
        }
        String total = seconds(totalNanos);
        String scheduling = seconds(placement.schedulingNanos());
        field.accept(TOTAL, total);
        field.accept(SCHEDULING, scheduling);
        if (placement.probes() > 0) {
            field.accept(PROBING, seconds(placement.probingNanos()));
            field.accept(PROBE_MESSAGES, Integer.toString(placement.probes()));
        }
        if (!placement.isRemote()) {
            field.accept(TOTAL_LIST, "[" + total + "]");
            field.accept(SCHEDULING_LIST, "[" + scheduling + "]");
            if (placement.probes() > 0) {
                field.accept(PROBING_LIST, "[" + seconds(placement.probingNanos()) + "]");
            }
            return;
        }
        int nodes = placement.path().size();
        long remoteTotal = outcome instanceof Outcome.Remote remote ? remote.totalNanos() : 0;
        long remoteScheduling = outcome instanceof Outcome.Remote remote ? remote.schedulingNanos() : 0;
        field.accept(TOTAL_LIST, list(nodes, totalNanos, remoteTotal));
        field.accept(SCHEDULING_LIST, list(nodes, placement.schedulingNanos(), remoteScheduling));
        field.accept(PROBING_LIST, list(nodes, placement.probingNanos(), 0));
        field.accept(EXTERNALLY_EXECUTED, "True");
        field.accept(HOPS, Integer.toString(placement.hops()));
        field.accept(PEERS_IP, strings(placement.path(), hostOf));
        field.accept(PEERS_ID, strings(placement.path(), NodeId::value));
    }

    private static void describe(TakenCall taken, BiConsumer<String, String> field) {
        Noted noted = taken.noted();
        TracedCall traced = noted.traced();
        if (traced != null) {
            field.accept(TracedCall.PARENT_FIELD, traced.traceparent());
        }
        CallTrail trail = noted.trail();
        if (trail != null && noted.isExplained()) {
            field.accept(DECISION, DecisionText.of(trail, taken.arrivedNanos()));
        }
    }

    /** What the learner chose, in the number formats of P2PFaaS: clients send it back with the reward. */
    private static void describe(Choice choice, BiConsumer<String, String> field) {
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < choice.state().size(); i++) {
            state.append(i > 0 ? "," : "").append(choice.state().get(i)).append(".000000");
        }
        field.accept(LEARNING_STATE, state.toString());
        field.accept(LEARNING_ACTION, choice.action() + ".000000");
        field.accept(LEARNING_EPS, String.format(Locale.ROOT, "%.6f", choice.epsilon()));
        field.accept(LEARNING_EID, Long.toString(choice.eid()));
    }

    /** The policy in force, for an answer to what did not become a call. */
    public String scheduler() {
        return policy.get();
    }

    private String scheduler(Call call) {
        return switch (call.routing()) {
            case POLICY -> policy.get();
            case BYPASS -> "NoScheduler";
            case FORWARD -> "ForwardScheduler(1)";
            case REJECT -> "RejectScheduler";
        };
    }

    private static String list(int nodes, long firstNanos, long lastNanos) {
        StringBuilder list = new StringBuilder("[").append(seconds(firstNanos));
        for (int i = 1; i < nodes - 1; i++) {
            list.append(',').append(seconds(0));
        }
        return list.append(',').append(seconds(lastNanos)).append(']').toString();
    }

    private static String strings(List<NodeId> path, Function<NodeId, String> text) {
        StringBuilder list = new StringBuilder("[");
        for (NodeId node : path) {
            list.append(list.length() > 1 ? "," : "")
                    .append('"')
                    .append(text.apply(node))
                    .append('"');
        }
        return list.append(']').toString();
    }

    /** Seconds with six decimals; by hand, since formatting shows on the path of short calls. */
    static String seconds(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
        String fraction = Long.toString(micros % 1_000_000 + 1_000_000);
        return micros / 1_000_000 + "." + fraction.substring(1);
    }
}
