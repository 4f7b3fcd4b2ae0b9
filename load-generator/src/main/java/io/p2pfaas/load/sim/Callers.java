package io.p2pfaas.load.sim;

import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.campaign.Seeds.Use;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/** The clients of one node: when they call, how long their calls run, and what they carry. Open loop. */
final class Callers extends Happening {
    private final Cluster cluster;
    private final int node;
    private final Setup.Span span;
    private final PrimitiveIterator.OfLong instants;
    private final ServiceTimes serviceTimes;
    private final RandomGenerator service;
    private final RandomGenerator payloads;
    private final List<PayloadSpec> classes;
    private final double weights;
    private long dueNanos;

    Callers(Cluster cluster, Setup setup, ServiceTimes serviceTimes, ArrivalProcess arrivals, int node) {
        this.cluster = cluster;
        this.node = node;
        this.span = setup.span();
        this.serviceTimes = serviceTimes;
        this.classes = setup.work().payloads();
        this.weights = classes.stream().mapToDouble(PayloadSpec::weight).sum();
        this.instants = arrivals.instantsNanos(Seeds.generator(Seeds.stream(setup.seed(), Use.ARRIVALS, node)));
        this.service = Seeds.generator(Seeds.stream(setup.seed(), Use.SERVICE, node));
        this.payloads = Seeds.generator(Seeds.stream(setup.seed(), Use.PAYLOADS, node));
    }

    /** Plans the next call, if it is due before the end. */
    void planNext() {
        if (instants.hasNext()) {
            dueNanos = instants.nextLong();
            if (dueNanos < span.endNanos()) {
                cluster.time().plan(dueNanos, this);
            }
        }
    }

    @Override
    void happen() {
        // As live: the class is the call's task type.
        int taskType = classes.size() == 1 ? 0 : draw();
        PayloadSpec kind = classes.get(taskType);
        ClientCall call = new ClientCall(
                cluster.nextCall(),
                node,
                dueNanos,
                serviceTimes.draw(service),
                dueNanos >= span.warmupNanos(),
                kind.deadline() == null
                        ? Long.MAX_VALUE
                        : dueNanos + kind.deadline().toNanos(),
                taskType,
                kind.bytes());
        planNext();
        cluster.arrive(call);
    }

    private int draw() {
        double mark = payloads.nextDouble() * weights;
        for (int i = 0; i < classes.size(); i++) {
            mark -= classes.get(i).weight();
            if (mark < 0) {
                return i;
            }
        }
        return classes.size() - 1;
    }
}
