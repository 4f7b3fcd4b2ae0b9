package io.p2pfaas.load.record;

import java.util.regex.Pattern;

/**
 * Who executed a call, as far as the answer tells.
 *
 * @param name a node id, or one of the names of the constants
 */
public record Executor(String name) {
    // Before the constants, whose making needs it.
    private static final Pattern UNPRINTABLE = Pattern.compile("[^A-Za-z0-9._:-]");
    private static final int MAX_LENGTH = 64;

    /** The node that was called, or a server that says nothing about it. */
    public static final Executor LOCAL = new Executor("local");

    /** Another node, which was not named. */
    public static final Executor REMOTE = new Executor("remote");

    /** The answer had no room to say: that of an MQTT 3.1.1 device. */
    public static final Executor UNKNOWN = new Executor("unknown");

    /** The name comes from the network and goes to terminals and tables: what could do harm there is replaced. */
    public Executor {
        if (name.length() > MAX_LENGTH) {
            name = name.substring(0, MAX_LENGTH);
        }
        name = UNPRINTABLE.matcher(name).replaceAll("_");
    }
}
