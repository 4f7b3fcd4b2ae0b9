package io.p2pfaas.load.live.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a chaos run breaks. */
public enum Fault {
    /** SIGKILL of a node, and a start with the same id and port. */
    KILL(Effect.LOSES),
    /** SIGSTOP of a node, and SIGCONT. */
    STOP(Effect.STANDS_STILL),
    /** SIGTERM of a node, and a start: nothing that it took may be lost. */
    RESTART(Effect.LEAVES),
    /** SIGKILL of the broker, and a start. */
    BROKER_KILL(Effect.LOSES),
    /** SIGSTOP of the broker, and SIGCONT. */
    BROKER_FREEZE(Effect.STANDS_STILL),
    /** Random bytes on the ports of a node and of the broker, and on a node's topics. */
    GARBAGE(Effect.NONE),
    /** Calls that make their function slow, fail, crash or hang. */
    FUNCTION(Effect.NONE),
    /** Not made, but seen: a node did not answer the lab for a while, so peers may have taken it for dead. */
    SILENCE(Effect.SLOW);

    /** What a fault may do to calls. */
    enum Effect {
        /** What the target had is gone. */
        LOSES,
        /** What the target has goes on later, when others may have acted. */
        STANDS_STILL,
        /** The target does everything late. */
        SLOW,
        /** The target takes nothing new for a while. */
        LEAVES,
        /** Nothing. */
        NONE
    }

    /** The broker as a target. */
    public static final String BROKER = "broker";

    private final Effect effect;

    Fault(Effect effect) {
        this.effect = effect;
    }

    Effect effect() {
        return effect;
    }

    /** Whether a run can be told to make it. */
    public boolean isMade() {
        return this != SILENCE;
    }

    /** Whether it is done to the broker. */
    public boolean isOfBroker() {
        return this == BROKER_KILL || this == BROKER_FREEZE;
    }

    /** As people write it: {@code broker-kill}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words for faults that can be made, for messages. */
    public static String words() {
        return Arrays.stream(values()).filter(Fault::isMade).map(Fault::word).collect(Collectors.joining(", "));
    }

    /**
     * The fault of this name.
     *
     * @throws IllegalArgumentException if none of this name can be made; says which can
     */
    public static Fault of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.isMade() && fault.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such fault: '" + word + "'; there are " + words()));
    }
}
