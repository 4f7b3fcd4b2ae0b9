package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.policy.SchedulingPolicy.Membership;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which spill groups this node is a member of. The membership is what tells the cluster that there is room here. */
final class Memberships {
    private static final SpillGroup[] GROUPS = SpillGroup.values();

    private final Set<SpillGroup> joined = EnumSet.noneOf(SpillGroup.class);
    private final Set<SpillGroup> refusedFor = EnumSet.noneOf(SpillGroup.class);
    private long version;

    /** A call for the group found no room here: one that it dealt, or an own one that is offered to it now. */
    void hadToRefuse(SpillGroup group) {
        refusedFor.add(group);
    }

    /** A call that came this way was not taken: whoever dealt it sees from the membership that there is no room. */
    void hadToRefuse(Arrival arrival) {
        for (SpillGroup group : GROUPS) {
            if (group.arrival() == arrival) {
                hadToRefuse(group);
            }
        }
    }

    /** Joins and leaves as the mode asks; returns how many changes that took. */
    int update(Membership mode, Load load, boolean takesCalls, List<Effect> out) {
        int changes = 0;
        for (SpillGroup group : GROUPS) {
            boolean wanted = takesCalls && isWanted(mode, group, load);
            if (wanted == joined.contains(group)) {
                continue;
            }
            if (wanted) {
                joined.add(group);
            } else {
                joined.remove(group);
            }
            Effect change = new Effect.Membership(group, wanted, ++version);
            if (wanted) {
                out.add(change);
            } else {
                // Leaving comes first, lest the broker deal this node's own offer back to it.
                out.add(0, change);
            }
            changes++;
        }
        refusedFor.clear();
        return changes;
    }

    private boolean isWanted(Membership mode, SpillGroup group, Load load) {
        return switch (mode) {
            case NONE -> false;
            case ALWAYS -> group == SpillGroup.SLOT;
            case EAGER -> hasRoom(group, load);
            case LAZY -> joined.contains(group) ? !refusedFor.contains(group) : hasRoom(group, load);
        };
    }

    private static boolean hasRoom(SpillGroup group, Load load) {
        return group == SpillGroup.SLOT ? load.hasFreeSlot() : load.queueMax() > 0 && load.hasRoom();
    }
}
