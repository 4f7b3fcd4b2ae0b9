package io.p2pfaas.node.planted.surroundings.loop;

/** Breaks the rule that only the command line prints. */
public final class Prints {
    private Prints() {}

    /** Both ways. */
    public static void print() {
        System.out.println("out");
        System.err.println("err");
    }
}
