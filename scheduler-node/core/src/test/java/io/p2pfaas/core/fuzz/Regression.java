package io.p2pfaas.core.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What ordinary builds do with a target: all kept inputs, and some changes of each, always the same ones. */
public final class Regression {
    /** Changes of larger seeds are left to the fuzzer: they would take most of the time. */
    private static final int LARGE = 4096;

    private Regression() {}

    /**
     * Gives a target its seeds, and changes of those that are not large.
     *
     * @param changes of each seed
     * @throws AssertionError naming the seed and what it did
     */
    public static void run(FuzzTarget target, Path folder, int changes) throws IOException {
        List<Seeds.Seed> seeds = Seeds.of(target, folder);
        for (Parser parser : target.parsers()) {
            Parser.require(
                    seeds.stream().anyMatch(seed -> seed.parser().equals(parser)),
                    "parser " + parser.name() + " of target " + target.name() + " has no seeds");
        }
        Mutations mutations = new Mutations(1);
        for (int i = 0; i < seeds.size(); i++) {
            Seeds.Seed seed = seeds.get(i);
            check(seed.name(), seed.parser(), seed.content());
            byte[] other = seeds.get((i + 1) % seeds.size()).content();
            int some = seed.content().length <= LARGE ? changes : 0;
            for (int change = 1; change <= some; change++) {
                check(seed.name() + ", change " + change, seed.parser(), mutations.of(seed.content(), other));
            }
        }
    }

    private static void check(String name, Parser parser, byte[] content) {
        Trial trial = Trial.of(parser, content);
        if (trial.failure() != null) {
            throw new AssertionError(name + ": " + trial.failure(), trial.failure());
        }
    }
}
