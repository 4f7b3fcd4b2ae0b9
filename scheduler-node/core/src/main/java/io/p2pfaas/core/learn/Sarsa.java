package io.p2pfaas.core.learn;

/**
 * Average-reward Sarsa on a table: for each transition from (s, a) with reward r to (s', a'), {@code delta = r - average
 * + Q(s', a') - Q(s, a)}, then the average moves by the rule, and {@code Q(s, a) += alpha * delta}.
 */
final class Sarsa {
    private final Rule rule;
    private final QTable table;
    private final double alpha;
    private final double beta;
    private double average;

    Sarsa(Rule rule, QTable table, double alpha, double beta, double average) {
        this.rule = rule;
        this.table = table;
        this.alpha = alpha;
        this.beta = beta;
        this.average = average;
    }

    QTable table() {
        return table;
    }

    double average() {
        return average;
    }

    void learn(Experience from, Experience to) {
        String key = rule.key(from.state());
        double value = table.value(key, from.action());
        double delta = from.reward() - average + table.value(rule.key(to.state()), to.action()) - value;
        average = rule.nextAverage(average, from.reward(), beta, delta);
        table.add(key, from.action(), alpha * delta);
    }
}
