package io.p2pfaas.core.learn;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Learners as tests want them, and what they are taught. */
final class Lessons {
    /** Those whose outcome with the original is known: CONTRACT, A3. */
    static final List<Experience> GOLDEN = List.of(
            entry(1, 1, 1, 0, 1, 0),
            entry(2, 2, 0, 0, 2, 1),
            entry(3, 0, 1, 1, 0, 0),
            entry(4, 1, 0, 0, 1, 0),
            entry(5, 1, 1, 0, 1, 0),
            entry(6, 2, 1, 0, 2, 1),
            entry(7, 0, 0, 1, 0, 0));

    private Lessons() {}

    static Experience entry(long eid, int action, double reward, int... state) {
        return new Experience(eid, State.of(state), action, reward);
    }

    /** As in the cases of A3: state [0,1], action 1, reward 1. */
    static Experience plain(long eid) {
        return entry(eid, 1, 1, 0, 1);
    }

    static RandomGenerator chance() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }

    static Learner learner(boolean compat, String parameters) {
        return new Learner(new LearnerSettings(compat, 0, LearnerParameters.parse(parameters)), chance());
    }

    static Learner teach(Learner learner, long... eids) {
        for (long eid : eids) {
            learner.train(plain(eid));
        }
        return learner;
    }

    /** The value in the table; 0 for a state that is not there. */
    static double value(Learner learner, String key, int action) {
        for (Weights.Row row : learner.weights().rows()) {
            if (row.key().equals(key)) {
                return row.values()[action];
            }
        }
        return 0;
    }
}
