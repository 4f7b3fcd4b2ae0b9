package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Reason;
import java.util.random.RandomGenerator;

/**
 * Late binding, or work stealing: overflow waits in the queue of the node that it came to, and a node with a free slot
 * asks for it. Where a call runs is settled only when a slot is there for it.
 *
 * <p>Example, K=4, Q=4: n1 is full and two calls wait there; its sample says so. A slot of n2 frees. n2 asks n1 for
 * work, n1 hands over the call that has waited longest, and n2 runs it. Had n1's queue run empty meanwhile, it would
 * have said "no work", and n2 would have asked the peer with the next longest queue. If the slot is taken when the call
 * comes, n2 sends it back, and it is the first in n1's queue again: its place was kept.
 *
 * <p>A node has one open question per free slot. What is handed over is an ordinary forward, with attempt, acceptance
 * and deadline, so a call runs once as with any other policy. Calls of peers that wait here are not handed on.
 *
 * <p>A taker whose slot is gone lets the call wait only if nothing waits at the sender by its sample: then it was not
 * handed over but sent, for instance because the sender does not have the function.
 *
 * <p>Needs queues: with Q=0 nothing ever waits, and this is {@link NoScheduler}. Weakness: a free slot learns of a
 * queue by a sample, which may be late, and then it takes a question's way there and the call's way back until the slot
 * is used; every node must hear the others' samples. Use it where calls have very unequal lengths: it never commits a
 * call to a node that turns out to be slow. Source: Blumofe, Leiserson, "Scheduling multithreaded computations by work
 * stealing", 1999; for clusters of servers, late binding in Ousterhout et al., "Sparrow", 2013.
 */
public record PullFromQueue() implements SchedulingPolicy {
    static final String NAME = "PullFromQueue";

    static PullFromQueue of(Parameters parameters) {
        return new PullFromQueue();
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        if (call.call().hops() > 0 && !own.hasFreeSlot()) {
            Load sender =
                    cluster.peer(call.call().path().get(call.call().hops() - 1)).load();
            if (sender != null && sender.queued() > 0) {
                return new Decision.Reject(Reason.NO_SLOT);
            }
        }
        return new Decision.RunHere(true);
    }

    @Override
    public String describe() {
        return NAME;
    }

    @Override
    public Needs needs() {
        return new Needs(true, Membership.NONE, Notices.WORK_WANTED);
    }
}
