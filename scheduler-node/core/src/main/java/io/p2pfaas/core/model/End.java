package io.p2pfaas.core.model;

import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param reason why it was not simply done; null exactly for {@link EndState#DONE}
 * @param payload the function's answer, {@link Payload#NONE} if there is none
 */
public record End(EndState state, @Nullable Reason reason, Payload payload) {
    public End {
        if ((reason == null) != (state == EndState.DONE)) {
            throw new IllegalArgumentException("a call has a reason exactly if it is not done: " + state);
        }
    }

    /** The function answered. */
    public static End done(Payload answer) {
        return new End(EndState.DONE, null, answer);
    }

    /** Anything else. */
    public static End of(Reason reason) {
        return new End(reason.endState(), reason, Payload.NONE);
    }
}
