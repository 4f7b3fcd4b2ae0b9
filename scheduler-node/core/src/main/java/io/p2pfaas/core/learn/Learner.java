package io.p2pfaas.core.learn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node's learner: chooses actions and learns from what came of them. Owned by the brain, and as it: entered by one
 * thread at a time, no clock, no thread, no chance but the given source. Nothing that it is told can break it.
 */
public final class Learner {
    private final Rule rule;
    private final boolean compat;
    private final long deadlineNanos;
    private final RandomGenerator random;
    private LearnerParameters parameters;
    private Sarsa sarsa;
    private double epsilon;
    private Pending pending = new Pending();
    private CallOrder order = new CallOrder();
    private @Nullable Experience last;
    private long inferences;
    private long trained;
    private long episodes;
    private long maxSeen;
    private long lastTrained;
    private long refused;
    private long withoutPeer;
    private long changes;

    public Learner(LearnerSettings settings, RandomGenerator random) {
        this.rule = Rule.of(settings.compat());
        this.compat = settings.compat();
        this.deadlineNanos = settings.deadlineNanos();
        this.parameters = settings.parameters();
        this.random = random;
        this.sarsa = fresh();
        this.epsilon = parameters.epsilonStart();
    }

    private Sarsa fresh() {
        return new Sarsa(rule, new QTable(parameters.actions()), parameters.alpha(), parameters.beta(), 0);
    }

    /** Within this time a call that names no deadline should be answered; 0 = the node does not reward itself for it. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Chooses for a call. Calls are told in the order of their numbers. */
    public Choice choose(long eid, State state) {
        if (rule.refusesOld() && last != null && eid <= lastTrained) {
            forgetFormerLife();
        }
        order.decided(eid);
        Act act = act(state);
        return new Choice(eid, state, act.action(), act.epsilon());
    }

    /** Chooses an action: a random one with probability epsilon, else the first of the best. */
    public Act act(State state) {
        inferences++;
        int actions = rule.drawnActions(parameters.actions(), sarsa.table().actions());
        double used = epsilon;
        int action = random.nextDouble() < used
                ? random.nextInt(actions)
                : sarsa.table().best(rule.key(state), actions);
        if (parameters.epsilonDecays() && epsilon > parameters.epsilonMin()) {
            epsilon *= parameters.epsilonDecay();
        }
        return new Act(action, used);
    }

    /** Takes an entry in, and trains what has become due by it. */
    public Verdict train(Experience experience) {
        Verdict verdict = judge(experience);
        if (verdict != Verdict.TAKEN) {
            refused++;
            return verdict;
        }
        maxSeen = Math.max(maxSeen, experience.eid());
        List<Experience> due = rule.due(pending, order, parameters, last);
        while (due != null) {
            train(due);
            due = rule.asksAgain() ? rule.due(pending, order, parameters, last) : null;
        }
        return verdict;
    }

    /** Numbers begin anew with each start of the node; a client may still have sent what belongs to the last one. */
    private void forgetFormerLife() {
        pending.dropAll();
        last = null;
        lastTrained = 0;
        maxSeen = 0;
    }

    private Verdict judge(Experience experience) {
        if (experience.action() >= sarsa.table().actions()) {
            return Verdict.NO_SUCH_ACTION;
        }
        if (rule.refusesOld() && last != null && experience.eid() <= lastTrained) {
            return Verdict.TOO_LATE;
        }
        if (rule.refusesOld() && order.highest() != CallOrder.NONE && experience.eid() > order.highest()) {
            return Verdict.TOO_EARLY;
        }
        return pending.add(experience) ? Verdict.TAKEN : Verdict.KNOWN;
    }

    private void train(List<Experience> window) {
        Experience before = last;
        if (!rule.carriesOver()
                || before == null
                || !order.follows(before.eid(), window.get(0).eid())) {
            before = null;
        }
        for (Experience next : window) {
            if (before != null) {
                sarsa.learn(before, next);
            }
            before = next;
        }
        last = before;
        lastTrained = window.get(window.size() - 1).eid();
        order.forgetUpTo(lastTrained);
        trained += window.size();
        episodes++;
        changes++;
    }

    /** An action named a peer that is not there. */
    public void hadNoPeer() {
        withoutPeer++;
    }

    /** Forgets all that was learned and all that waits, and begins with the parameters as they are now. */
    public void reset() {
        sarsa = fresh();
        epsilon = parameters.epsilonStart();
        pending = new Pending();
        last = null;
        inferences = 0;
        trained = 0;
        episodes = 0;
        maxSeen = 0;
        lastTrained = 0;
        refused = 0;
        withoutPeer = 0;
        changes++;
    }

    /** The parameters; of some of them others may be in force until a reset. */
    public LearnerParameters parameters() {
        return parameters;
    }

    /** Changes them: window, missing limit and decay at once, the others with the next reset. */
    public void change(LearnerParameters next) {
        parameters = next;
    }

    /** What it has done. */
    public LearnerStats stats() {
        return new LearnerStats(
                inferences,
                trained,
                epsilon,
                episodes,
                pending.size(),
                maxSeen,
                lastTrained,
                sarsa.average(),
                sarsa.table().states(),
                refused,
                pending.dropped(),
                sarsa.table().notKept(),
                withoutPeer);
    }

    /** Rises whenever {@link #weights} has changed by more than a choice. */
    public long changes() {
        return changes;
    }

    /** A copy of all that was learned. */
    public Weights weights() {
        return new Weights(
                compat,
                sarsa.table().actions(),
                sarsa.average(),
                epsilon,
                inferences,
                trained,
                episodes,
                sarsa.table().copy());
    }

    /**
     * Goes on with what a former life learned.
     *
     * @throws IllegalArgumentException if it was learned by the other rule
     */
    public void restore(Weights weights) {
        if (weights.compat() != compat) {
            throw new IllegalArgumentException("it was learned by the other rule");
        }
        QTable table = new QTable(weights.actions());
        weights.rows().forEach(row -> table.put(row.key(), row.values()));
        sarsa = new Sarsa(rule, table, parameters.alpha(), parameters.beta(), weights.average());
        epsilon = weights.epsilon();
        inferences = weights.inferences();
        trained = weights.trained();
        episodes = weights.episodes();
    }
}
