package io.p2pfaas.node.app.cli;

/** How much can be shown at once. */
record Space(int rows, int columns) {
    static final Space UNBOUNDED = new Space(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** What is left below so many rows. */
    Space below(int taken) {
        return new Space(Math.max(0, rows - taken), columns);
    }
}
