package io.p2pfaas.core.learn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries that wait to be trained, in the order of their eids. Bounded: when it is full, the entry with the lowest eid
 * is dropped, since those behind it need not wait for ever for what may never come.
 */
final class Pending {
    static final int MAX_ENTRIES = 10_000;

    /** An entry and how long it has waited for the one before it. */
    static final class Waiting {
        final Experience experience;
        final long cameAt;
        /** How often the compat rule met it behind a gap. */
        int attempts;

        Waiting(Experience experience, long cameAt) {
            this.experience = experience;
            this.cameAt = cameAt;
        }

        long eid() {
            return experience.eid();
        }
    }

    private final TreeMap<Long, Waiting> byEid = new TreeMap<>();
    private long came;
    private long dropped;

    /** False if an entry of that eid waits already. */
    boolean add(Experience experience) {
        if (byEid.containsKey(experience.eid())) {
            return false;
        }
        byEid.put(experience.eid(), new Waiting(experience, ++came));
        if (byEid.size() > MAX_ENTRIES) {
            byEid.pollFirstEntry();
            dropped++;
        }
        return true;
    }

    int size() {
        return byEid.size();
    }

    /** Entries that were given up. */
    long dropped() {
        return dropped;
    }

    /** All entries, lowest eid first. */
    Collection<Waiting> inOrder() {
        return byEid.values();
    }

    /** How many entries have come since this one did, itself included. */
    long waited(Waiting waiting) {
        return came - waiting.cameAt + 1;
    }

    void dropAll() {
        dropped += byEid.size();
        byEid.clear();
    }

    void dropBefore(long eid) {
        int before = byEid.size();
        byEid.headMap(eid, false).clear();
        dropped += before - byEid.size();
    }

    /** Takes the first entries out; null if there are not so many. */
    @Nullable
    List<Experience> take(int count) {
        if (byEid.size() < count) {
            return null;
        }
        List<Experience> taken = new ArrayList<>(count);
        while (taken.size() < count) {
            taken.add(byEid.pollFirstEntry().getValue().experience);
        }
        return taken;
    }
}
