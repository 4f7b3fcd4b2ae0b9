package io.p2pfaas.node.planted.surroundings.app;

/** Allowed: the command line reads the environment and prints. */
public final class MayRead {
    private MayRead() {}

    /** Both. */
    public static void run() {
        System.out.println(System.getenv().size());
    }
}
