package io.p2pfaas.core.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of actions in states, zero where nothing was learned. Bounded: states come from outside. When it is full,
 * states that are not in it stay at zero and are counted; those in it go on learning.
 */
final class QTable {
    /** Cells, so that a copy takes a fraction of a millisecond. */
    static final int MAX_CELLS = 1 << 18;

    private final int actions;
    private final Map<String, double[]> rows = new LinkedHashMap<>();
    private long notKept;

    QTable(int actions) {
        this.actions = actions;
    }

    int actions() {
        return actions;
    }

    int states() {
        return rows.size();
    }

    /** How often something could not be learned because the table was full. */
    long notKept() {
        return notKept;
    }

    double value(String key, int action) {
        double[] row = rows.get(key);
        return row == null ? 0 : row[action];
    }

    /** The first of the best actions below {@code limit}. */
    int best(String key, int limit) {
        double[] row = rows.get(key);
        int best = 0;
        for (int action = 1; row != null && action < Math.min(limit, actions); action++) {
            best = row[action] > row[best] ? action : best;
        }
        return best;
    }

    void add(String key, int action, double difference) {
        double[] row = rows.get(key);
        if (row == null) {
            if ((rows.size() + 1L) * actions > MAX_CELLS) {
                notKept++;
                return;
            }
            row = new double[actions];
            rows.put(key, row);
        }
        row[action] += difference;
    }

    List<Weights.Row> copy() {
        List<Weights.Row> copy = new ArrayList<>(rows.size());
        rows.forEach((key, values) -> copy.add(new Weights.Row(key, values)));
        return copy;
    }

    void put(String key, double[] values) {
        rows.put(key, values.clone());
    }
}
