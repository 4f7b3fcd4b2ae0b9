package io.p2pfaas.load.sim;

import java.util.random.RandomGenerator;

/**
 * Who has heard of whom. A node knows up to {@link #EVERYBODY} others. In larger clusters it knows {@link #FEW}
 * random ones: enough that a random choice among them is as good as one among all, and memory grows with N instead
 * of its square.
 */
final class Neighbours {
    static final int EVERYBODY = 128;
    static final int FEW = 32;

    private final int[][] known;
    private final int[][] followers;

    Neighbours(int nodes, RandomGenerator random) {
        known = new int[nodes][];
        boolean all = nodes <= EVERYBODY + 1;
        int[] count = new int[nodes];
        int[] drawnFor = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            known[node] = all ? others(node, nodes) : draw(node, nodes, drawnFor, random);
            for (int other : known[node]) {
                count[other]++;
            }
        }
        followers = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            followers[node] = new int[count[node]];
        }
        int[] filled = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            for (int other : known[node]) {
                followers[other][filled[other]++] = node;
            }
        }
    }

    private static int[] others(int node, int nodes) {
        int[] others = new int[nodes - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = i < node ? i : i + 1;
        }
        return others;
    }

    private static int[] draw(int node, int nodes, int[] drawnFor, RandomGenerator random) {
        int[] drawn = new int[FEW];
        drawnFor[node] = node + 1;
        int count = 0;
        while (count < FEW) {
            int other = random.nextInt(nodes);
            if (drawnFor[other] != node + 1) {
                drawnFor[other] = node + 1;
                drawn[count++] = other;
            }
        }
        return drawn;
    }

    /** Whom this node knows. */
    int[] knownTo(int node) {
        return known[node];
    }

    /** Who knows this node. */
    int[] followersOf(int node) {
        return followers[node];
    }
}
