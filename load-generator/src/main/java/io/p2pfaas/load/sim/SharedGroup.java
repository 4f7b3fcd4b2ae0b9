package io.p2pfaas.load.sim;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The members of a shared subscription, by node number. Joining, leaving and dealing cost the same however many members
 * there are.
 */
final class SharedGroup {
    /** How the broker picks the member that gets a message. */
    enum Deal {
        /** The member that has waited longest, as Mosquitto. */
        ROUND_ROBIN,
        /** Any. */
        RANDOM
    }

    private static final int NONE = -1;

    private final Deal deal;
    /** A ring through the place after the last node: its successor is the head, its predecessor the tail. */
    private final int[] next;

    private final int[] previous;
    private final int ring;
    /** The same members without order, for random deals. */
    private final int[] members;

    private final int[] place;
    private int size;

    SharedGroup(int nodes, Deal deal) {
        this.deal = deal;
        ring = nodes;
        next = new int[nodes + 1];
        previous = new int[nodes + 1];
        members = new int[nodes];
        place = new int[nodes];
        clear();
    }

    void clear() {
        next[ring] = ring;
        previous[ring] = ring;
        Arrays.fill(place, NONE);
        size = 0;
    }

    int size() {
        return size;
    }

    /** Becomes the last member; a member that joins again goes to the end. */
    void join(int node) {
        leave(node);
        append(node);
        place[node] = size;
        members[size++] = node;
    }

    void leave(int node) {
        int hole = place[node];
        if (hole == NONE) {
            return;
        }
        unlink(node);
        int last = members[--size];
        members[hole] = last;
        place[last] = hole;
        place[node] = NONE;
    }

    /** The member that gets the next message, or -1 if there is none. */
    int deal(RandomGenerator random) {
        if (size == 0) {
            return NONE;
        }
        if (deal == Deal.RANDOM) {
            return members[random.nextInt(size)];
        }
        int first = next[ring];
        unlink(first);
        append(first);
        return first;
    }

    private void append(int node) {
        int tail = previous[ring];
        next[tail] = node;
        previous[node] = tail;
        next[node] = ring;
        previous[ring] = node;
    }

    private void unlink(int node) {
        next[previous[node]] = next[node];
        previous[next[node]] = previous[node];
    }
}
