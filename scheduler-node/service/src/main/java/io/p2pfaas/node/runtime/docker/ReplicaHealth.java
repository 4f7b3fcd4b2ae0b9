package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.ReplicaPool.Ended;
import org.jspecify.annotations.Nullable;

/**
 * Judges by how calls end whether an instance can be relied on.
 *
 * <p><b>Calls that are given up</b> (their time is over, or their caller is gone) are not known to have ended in the
 * instance: a program that hangs does not notice that its connection was closed. Such a call keeps its place, and an
 * instance is replaced as soon as nobody waits for anything in it. With a limit of one call per instance that is at once.
 * An instance without a limit takes no further calls after {@value #MOST_ABANDONED} of them, and callers that only left
 * are not counted there, since they take no place from anybody.
 *
 * <p><b>Calls that are broken</b> while the instance lives on, {@value #MOST_BROKEN} in a row, show that it cannot work any
 * more, for example because it has no process or thread left to do so: it takes no further ones and is replaced. Not with a
 * pause as after a crash: it may as well have been the calls.
 */
final class ReplicaHealth {
    /** From then on an instance without a limit is taken for broken. */
    static final int MOST_ABANDONED = 8;
    /** After so many in a row, none of them answered, an instance is taken for broken. */
    static final int MOST_BROKEN = 3;

    private final boolean isLimited;

    /** @param isLimited whether there is a number of calls that one instance runs at once */
    ReplicaHealth(boolean isLimited) {
        this.isLimited = isLimited;
    }

    /** A call ended in an instance. */
    void ended(Replica replica, Ended how) {
        if (how == Ended.ANSWERED) {
            replica.brokenInARow = 0;
        } else if (how == Ended.BROKEN) {
            replica.brokenInARow++;
        } else if (how == Ended.EXPIRED || (how == Ended.LEFT && isLimited)) {
            replica.abandoned++;
        }
    }

    /** Whether further calls should not come to an instance, though it has some. */
    boolean isPastHelp(Replica replica) {
        return isBroken(replica) || (!isLimited && replica.abandoned >= MOST_ABANDONED);
    }

    /** Why an instance that has no calls is to be replaced; null if it is sound. */
    @Nullable
    String whyReplaced(Replica replica) {
        if (replica.abandoned > 0) {
            return "it did not end calls that nobody waited for any more";
        }
        return isBroken(replica) ? "it broke " + replica.brokenInARow + " calls in a row" : null;
    }

    private static boolean isBroken(Replica replica) {
        return replica.brokenInARow >= MOST_BROKEN;
    }
}
