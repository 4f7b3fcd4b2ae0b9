package io.p2pfaas.core.policy;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.learn.Experience;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node's learner, which finds out by itself what pays in which state. The state is the call's task type, how
 * many calls of each type run here, and how many of each wait here; peers' calls are of type 0, and so are types that it
 * does not know. The actions are 0 reject, 1 here, 2 probe one random peer and forward if it is lighter, 3+i forward to
 * peer i of the list that {@code /list} shows. What is not possible is done here instead: a peer that is not there is
 * counted, a peer that refuses is not the caller's loss.
 *
 * <p>Example, two types, K=4: a call of type 1 comes while two calls of type 0 run, one of type 1 runs, and one of type
 * 0 waits. The state is [1, 2, 1, 1, 0]. Of the three actions the table says -0.1, 0.2, 0.4 for it: the call is probed
 * for, but for the share epsilon of calls for which an action is drawn.
 *
 * <p>A call that names a deadline (or every call, if the node has one for all) is rewarded by the node: 1 if it is done
 * within it, 0 if it is late or not done. For others the client says the reward over the learner's port. Peers' calls run
 * here and teach nothing.
 *
 * <p>Not where an answer is known: it pays for learning with lost calls, for some thousand calls at the least, and again
 * after each change of the load; every further type or slot multiplies the states. At its best it knows no more than the
 * node's own load. Source: average-reward Sarsa, Sutton and Barto, "Reinforcement Learning", 2nd edition, 10.3; states
 * and actions: P2PFaaS.
 *
 * @param taskTypes how many task types it tells apart
 */
public record LearningScheduler(int taskTypes) implements SchedulingPolicy {
    static final String NAME = "LearningScheduler";

    private static final int REJECT = 0;
    private static final int HERE = 1;
    private static final int PROBE = 2;
    private static final int FIRST_PEER = 3;
    /** A state has a type, and two numbers for each. */
    private static final int MAX_TYPES = (State.MAX_NUMBERS - 1) / 2;

    private static final Decision RUN_HERE = new Decision.RunHere(true);

    static LearningScheduler of(Parameters parameters) {
        return new LearningScheduler(parameters.integer(0, "taskTypes", 1, MAX_TYPES, 1));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        if (call.call().arrival() != Arrival.CLIENT || !call.attempts().isEmpty()) {
            return RUN_HERE;
        }
        Choice choice = call.choice();
        if (choice == null) {
            LearningView learning = cluster.learning();
            choice = learning.learner().choose(call.number(), state(call.call(), cluster.own(), learning));
            call.remember(choice);
        }
        return switch (choice.action()) {
            case REJECT -> new Decision.Reject(Reason.DELIBERATE);
            case HERE -> RUN_HERE;
            case PROBE -> probe(call, cluster, random);
            default -> forward(choice.action() - FIRST_PEER, cluster.learning());
        };
    }

    private State state(Call call, Load own, LearningView learning) {
        int[] numbers = new int[1 + 2 * taskTypes];
        numbers[0] = call.taskType() < taskTypes ? call.taskType() : 0;
        int running = own.running();
        int queued = own.queued();
        for (int type = 1; type < taskTypes; type++) {
            numbers[1 + type] = learning.running(type);
            numbers[1 + taskTypes + type] = learning.queued(type);
            running -= numbers[1 + type];
            queued -= numbers[1 + taskTypes + type];
        }
        numbers[1] = running;
        numbers[1 + taskTypes] = queued;
        return State.of(numbers);
    }

    private static Decision probe(CallView call, ClusterView cluster, RandomGenerator random) {
        if (!cluster.linkUp()) {
            return RUN_HERE;
        }
        if (!call.probed()) {
            List<NodeId> peers =
                    cluster.drawLive(1, random).stream().map(PeerView::id).toList();
            return peers.isEmpty() ? RUN_HERE : new Decision.ProbeFirst(peers);
        }
        for (Sample answer : call.probeAnswers()) {
            if (answer.load().total() < cluster.own().total()) {
                return new Decision.Forward(answer.node());
            }
        }
        return RUN_HERE;
    }

    private static Decision forward(int place, LearningView learning) {
        @Nullable NodeId peer = learning.listed(place);
        if (peer == null) {
            learning.learner().hadNoPeer();
            return RUN_HERE;
        }
        return new Decision.Forward(peer);
    }

    @Override
    public void ended(CallView call, EndState state, ClusterView cluster) {
        Choice choice = call.choice();
        if (choice == null) {
            return;
        }
        LearningView learning = cluster.learning();
        long wanted = call.call().wantedWithinNanos();
        long within = wanted > 0 ? wanted : learning.learner().deadlineNanos();
        if (within > 0) {
            boolean inTime = cluster.nowNanos() - call.arrivedNanos() <= within;
            double reward = state == EndState.DONE && inTime ? 1 : 0;
            learning.learner().train(new Experience(choice.eid(), choice.state(), choice.action(), reward));
        }
    }

    @Override
    public String describe() {
        return NAME + "(" + taskTypes + ")";
    }
}
