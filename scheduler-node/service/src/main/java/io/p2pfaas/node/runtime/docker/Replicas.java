package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.Replica.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a function, and which of them a call runs in: a warm one with a free place, the one with the fewest
 * calls; of several idle ones the one used last, so that the others grow cold. Not thread-safe.
 */
final class Replicas {
    /** Calls that one instance runs at once; 0 = as many as come. */
    private final int places;

    private final List<Replica> replicas = new ArrayList<>();
    private int numbers;

    Replicas(int places) {
        this.places = places;
    }

    Replica add() {
        Replica replica = new Replica(++numbers);
        replicas.add(replica);
        return replica;
    }

    void remove(Replica replica) {
        replicas.remove(replica);
    }

    boolean contains(Replica replica) {
        return replicas.contains(replica);
    }

    boolean isEmpty() {
        return replicas.isEmpty();
    }

    /** All of them, oldest first, as they are now: whoever goes through them may add and remove. */
    List<Replica> all() {
        return List.copyOf(replicas);
    }

    /** Those that are there to stay. */
    int staying() {
        int count = 0;
        for (Replica replica : replicas) {
            count += replica.state == State.LEAVING ? 0 : 1;
        }
        return count;
    }

    /** Those that can take calls. */
    int available() {
        return (int) replicas.stream().filter(Replica::isAvailable).count();
    }

    boolean isAnyWarm() {
        return replicas.stream().anyMatch(replica -> replica.state == State.READY);
    }

    /** The one that the next call runs in; null if it has to wait. */
    @Nullable
    Replica freest() {
        Replica best = null;
        for (Replica replica : replicas) {
            if (replica.state == State.READY && hasRoom(replica) && (best == null || isBetter(replica, best))) {
                best = replica;
            }
        }
        return best;
    }

    private boolean hasRoom(Replica replica) {
        return places == 0 || replica.running + replica.abandoned < places;
    }

    private static boolean isBetter(Replica one, Replica other) {
        int busy = one.running + one.abandoned;
        int otherBusy = other.running + other.abandoned;
        return busy < otherBusy || (busy == otherBusy && one.idleSinceNanos > other.idleSinceNanos);
    }

    /** The one that is missed least; null if none is there to stay. */
    @Nullable
    Replica leastBusy() {
        Replica least = null;
        for (Replica replica : replicas) {
            if (replica.state != State.LEAVING && (least == null || replica.running <= least.running)) {
                least = replica;
            }
        }
        return least;
    }

    /** Those that are paused or being paused, so many at most. */
    List<Replica> asleep(int most) {
        return most == 0
                ? List.of()
                : replicas.stream().filter(Replica::isAsleep).limit(most).toList();
    }

    /** How many more the waiting calls need besides those that will be there soon: as many as they fill. */
    int missingFor(int waitingCalls) {
        if (waitingCalls == 0) {
            return 0;
        }
        int coming = 0;
        for (Replica replica : replicas) {
            coming += replica.isComing() ? 1 : 0;
        }
        int needed = places == 0 ? 1 : (waitingCalls + places - 1) / places;
        return Math.max(0, needed - coming);
    }
}
