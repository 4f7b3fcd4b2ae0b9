package io.p2pfaas.node.planted.statics.call;

/** Breaks the rule that there is no global state. */
public final class Counter {
    static int count;

    private Counter() {}

    /** Changes it. */
    public static void count() {
        count++;
    }
}
