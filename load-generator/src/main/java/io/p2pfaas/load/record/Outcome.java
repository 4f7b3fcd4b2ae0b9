package io.p2pfaas.load.record;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What became of one due call. All instants are nanoseconds from the start of the run, on one clock, real or virtual.
 */
public sealed interface Outcome {
    /** Number of the call in the schedule, from 0. */
    int call();

    /** When it should have been sent. */
    long dueNanos();

    /** The one state it ended in. */
    EndState state();

    /** It was handed to the network. */
    sealed interface Sent extends Outcome {
        /** When it was handed over. */
        long sentNanos();

        /** When it ended. */
        long endNanos();

        /** How late the generator itself was. */
        default long sendLagNanos() {
            return sentNanos() - dueNanos();
        }

        /**
         * From the due instant, not from the sent one: what a caller who came at that moment would have waited, also
         * while the target or the generator stood still.
         */
        default long latencyNanos() {
            return endNanos() - dueNanos();
        }
    }

    /**
     * The whole answer arrived.
     *
     * @param errorCode the P2PFaaS error code in the body, if there was one
     * @param reason the word for which the node did not do the call, such as {@code queue_full}; empty if it gave none
     */
    record Answered(
            int call,
            long dueNanos,
            long sentNanos,
            long endNanos,
            int status,
            OptionalInt errorCode,
            Executor executor,
            String reason)
            implements Sent {
        /** An answer without a reason. */
        public Answered(
                int call,
                long dueNanos,
                long sentNanos,
                long endNanos,
                int status,
                OptionalInt errorCode,
                Executor executor) {
            this(call, dueNanos, sentNanos, endNanos, status, errorCode, executor, "");
        }

        @Override
        public EndState state() {
            if (status >= 200 && status < 300) {
                return EndState.OK;
            }
            return ErrorCode.isRejection(status, errorCode) ? EndState.REJECTED : EndState.OTHER_STATUS;
        }
    }

    /**
     * It was sent, and no whole answer arrived.
     *
     * @param state TIMEOUT, CONNECTION_ERROR or CUT_OFF
     * @param detail what the transport said, may be empty
     */
    record Unanswered(int call, long dueNanos, long sentNanos, long endNanos, EndState state, String detail)
            implements Sent {
        public Unanswered {
            requireOneOf(state, EndState.TIMEOUT, EndState.CONNECTION_ERROR, EndState.CUT_OFF);
        }
    }

    /**
     * It never left the generator.
     *
     * @param state NOT_SENT or CUT_OFF
     */
    record Unsent(int call, long dueNanos, EndState state) implements Outcome {
        public Unsent {
            requireOneOf(state, EndState.NOT_SENT, EndState.CUT_OFF);
        }
    }

    private static void requireOneOf(EndState state, EndState... allowed) {
        if (!Arrays.asList(allowed).contains(state)) {
            throw new IllegalArgumentException("state " + state + " is not one of " + Arrays.toString(allowed));
        }
    }
}
