package io.p2pfaas.core.learn;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a learner has learned: what must survive a restart. Numbers of calls begin anew with a new life, so none is
 * in it.
 *
 * @param compat the rule that it was learned by: their keys differ
 * @param actions columns of the table
 * @param average average reward
 * @param inferences actions chosen
 * @param trained entries trained
 * @param episodes windows trained
 */
public record Weights(
        boolean compat,
        int actions,
        double average,
        double epsilon,
        long inferences,
        long trained,
        long episodes,
        List<Row> rows) {
    /** The values of all actions in one state. */
    public static final class Row {
        private final String key;
        private final double[] values;

        public Row(String key, double[] values) {
            this.key = key;
            this.values = values.clone();
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("state " + key + " has the value " + value);
                }
            }
        }

        /** The name of the state in the table. */
        public String key() {
            return key;
        }

        /** A copy. */
        public double[] values() {
            return values.clone();
        }
    }

    public Weights {
        rows = List.copyOf(rows);
        if (actions < 1 || actions > LearnerParameters.MAX_ACTIONS) {
            throw new IllegalArgumentException("a table of " + actions + " actions");
        }
        if (!Double.isFinite(average) || !(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("average " + average + " or epsilon " + epsilon + " cannot be");
        }
        if (inferences < 0 || trained < 0 || episodes < 0) {
            throw new IllegalArgumentException("a count is negative");
        }
        if ((long) rows.size() * actions > QTable.MAX_CELLS) {
            throw new IllegalArgumentException("a table of " + rows.size() + " states is too large");
        }
        Set<String> keys = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.values.length != actions || !keys.add(row.key)) {
                throw new IllegalArgumentException(
                        "state " + row.key + " is there twice or has not " + actions + " values");
            }
        }
    }
}
