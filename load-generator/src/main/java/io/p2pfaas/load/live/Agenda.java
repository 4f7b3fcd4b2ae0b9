package io.p2pfaas.load.live;

import io.p2pfaas.load.arrivals.Schedule;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** All calls of a run in the order in which they are due. Arrays, because there may be millions. Immutable. */
public final class Agenda {
    private final long[] dueNanos;
    private final int[] nodes;
    private final byte[] payloads;
    private final byte[] clients;

    private Agenda(int calls) {
        dueNanos = new long[calls];
        nodes = new int[calls];
        payloads = new byte[calls];
        clients = new byte[calls];
    }

    /** Deals payload classes and kinds of clients to the calls of one node, in the order of their due times. */
    public interface Dealer {
        /** The payload class of the next call; asked before {@link #client}. */
        int payload();

        /** The kind of client that sends it. */
        int client();
    }

    /** Calls that differ in nothing but their time. */
    public static Agenda of(Schedule schedule) {
        Agenda agenda = new Agenda(schedule.size());
        for (int call = 0; call < schedule.size(); call++) {
            agenda.dueNanos[call] = schedule.dueNanos(call);
        }
        return agenda;
    }

    /**
     * Merges the calls that come to each node.
     *
     * @param schedules by node
     * @param dealers by node, likewise
     * @throws IllegalArgumentException when there are more than {@link Schedule#MAX_CALLS} in all
     */
    public static Agenda merge(List<Schedule> schedules, List<Dealer> dealers) {
        long calls = schedules.stream().mapToLong(Schedule::size).sum();
        if (calls > Schedule.MAX_CALLS) {
            throw new IllegalArgumentException("more than " + Schedule.MAX_CALLS + " calls in one run: " + calls);
        }
        Agenda agenda = new Agenda((int) calls);
        PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.comparingLong(Head::dueNanos).thenComparingInt(Head::node));
        for (int node = 0; node < schedules.size(); node++) {
            push(heads, schedules.get(node), node, 0);
        }
        int number = 0;
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            Dealer dealer = dealers.get(head.node());
            agenda.dueNanos[number] = head.dueNanos();
            agenda.nodes[number] = head.node();
            agenda.payloads[number] = (byte) dealer.payload();
            agenda.clients[number] = (byte) dealer.client();
            number++;
            push(heads, schedules.get(head.node()), head.node(), head.index() + 1);
        }
        return agenda;
    }

    private record Head(long dueNanos, int node, int index) {}

    private static void push(PriorityQueue<Head> heads, Schedule schedule, int node, int index) {
        if (index < schedule.size()) {
            heads.add(new Head(schedule.dueNanos(index), node, index));
        }
    }

    /** Number of calls. */
    public int size() {
        return dueNanos.length;
    }

    /** When call number {@code call} is due, in nanoseconds from the start. */
    public long dueNanos(int call) {
        return dueNanos[call];
    }

    /** Call number {@code call}, from 0. */
    public PlannedCall call(int call) {
        return new PlannedCall(call, dueNanos[call], nodes[call], payloads[call], clients[call]);
    }
}
