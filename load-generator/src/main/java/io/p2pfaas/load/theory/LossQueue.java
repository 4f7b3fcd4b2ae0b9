package io.p2pfaas.load.theory;

/**
 * The M/M/K/K+Q queue in its steady state: Poisson arrivals, K slots with exponential service times, Q places to wait;
 * who finds all taken is lost. Without places to wait it is Erlang's loss system, and holds for every distribution of
 * service times with the same mean.
 *
 * <p>Computed by the recursion over the number of calls that there is room for: with b(n) the probability of the highest
 * state when n is the highest, {@code b(0) = 1} and {@code b(n) = a(n) b(n-1) / (1 + a(n) b(n-1))}, where
 * {@code a(n) = a / min(n, K)}; for n up to K that is the usual recursion of Erlang B (Kleinrock, "Queueing Systems 1",
 * 1975, chapter 3). All terms are between 0 and 1, so nothing overflows or cancels, whatever K, Q and a.
 *
 * @param loss share of arrivals that are lost
 * @param meanQueue calls that wait, on average
 * @param meanWait of calls that are not lost, in mean service times
 * @param utilization share of slots that are taken, on average
 */
public record LossQueue(double loss, double meanQueue, double meanWait, double utilization) {
    /** States that are computed at most, about a second of work: K + Q. */
    public static final int MAX_STATES = 100_000_000;

    private static final double NEGLIGIBLE = 1e-300;

    /**
     * Solves a queue.
     *
     * @param slots K, at least 1
     * @param queue Q, at least 0
     * @param offered a = lambda * S, the load in Erlang, above 0
     */
    public static LossQueue of(int slots, int queue, double offered) {
        if (slots < 1 || queue < 0 || (long) slots + queue > MAX_STATES) {
            throw new IllegalArgumentException("slots must be at least 1, queue at least 0, both together at most "
                    + MAX_STATES + ": slots " + slots + ", queue " + queue);
        }
        if (!(offered > 0 && Double.isFinite(offered))) {
            throw new IllegalArgumentException("the offered load must be above 0: " + offered);
        }
        double loss = 1;
        double meanQueue = 0;
        for (int n = 1; n <= slots + queue; n++) {
            if (loss < NEGLIGIBLE) {
                // It only gets smaller with more room; going on would be slow arithmetic with denormal numbers.
                loss = 0;
                break;
            }
            double weight = offered / Math.min(n, slots) * loss;
            loss = weight / (1 + weight);
            // Mean number waiting if n were the highest state: the mixture of state n and of the states below it.
            meanQueue = meanQueue * (1 - loss) + Math.max(0, n - slots) * loss;
        }
        double taken = offered * (1 - loss);
        return new LossQueue(loss, meanQueue, meanQueue / taken, taken / slots);
    }

    /** One node by itself: what a cluster loses whose nodes never share. */
    public static LossQueue single(int slots, int queue, double rho) {
        return of(slots, queue, rho * slots);
    }

    /**
     * All nodes as one: the least that a cluster can lose whose calls are placed with perfect knowledge at no cost.
     *
     * @param rho mean load per slot over all nodes
     */
    public static LossQueue pooled(int nodes, int slots, int queue, double rho) {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes must be at least 1: " + nodes);
        }
        if ((long) nodes * ((long) slots + queue) > MAX_STATES) {
            throw new IllegalArgumentException("nodes * (slots + queue) must be at most " + MAX_STATES);
        }
        return of(nodes * slots, nodes * queue, rho * nodes * slots);
    }
}
