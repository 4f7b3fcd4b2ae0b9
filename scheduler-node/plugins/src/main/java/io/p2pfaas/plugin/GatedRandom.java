package io.p2pfaas.plugin;

import java.util.random.RandomGenerator;

/** The node's chance as a plug-in sees it. */
record GatedRandom(Gate gate, RandomGenerator random) implements RandomGenerator {
    @Override
    public long nextLong() {
        return gate.pass(random::nextLong);
    }
}
