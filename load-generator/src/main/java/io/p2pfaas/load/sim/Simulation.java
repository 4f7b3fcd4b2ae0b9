package io.p2pfaas.load.sim;

import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.Map;
import java.util.function.Consumer;

/** One repetition of one point: warm-up, measurement, drain. */
final class Simulation {
    private final Setup setup;
    private final Cluster cluster;
    private Map<String, Long> packets = Map.of();

    Simulation(Setup setup, Mind.Maker minds, Consumer<Outcome> outcomes) {
        this.setup = setup;
        this.cluster = new Cluster(setup, minds, outcomes);
        ServiceTimes serviceTimes = ServiceTimes.of(setup.work().service());
        for (int node = 0; node < setup.nodes(); node++) {
            ArrivalProcess arrivals = setup.arrivals().get(node);
            if (arrivals != null) {
                new Callers(cluster, setup, serviceTimes, arrivals, node).planNext();
            }
        }
        for (Setup.Fault fault : setup.faults()) {
            cluster.time().plan(setup.span().warmupNanos() + fault.atNanos(), new Happening() {
                @Override
                void happen() {
                    strike(fault);
                }
            });
        }
    }

    private void strike(Setup.Fault fault) {
        if (fault.node() == Setup.Fault.BROKER) {
            strikeBroker(fault.kind());
            return;
        }
        switch (fault.kind()) {
            case KILL -> cluster.kill(fault.node());
            case START -> cluster.restart(fault.node());
            case PAUSE -> cluster.node(fault.node()).pause();
            case RESUME -> cluster.node(fault.node()).resume();
        }
    }

    private void strikeBroker(FaultKind kind) {
        switch (kind) {
            case KILL -> cluster.broker().kill();
            case START -> cluster.startBroker();
            case PAUSE -> cluster.broker().pause();
            case RESUME -> cluster.broker().resume();
        }
    }

    /** Runs to the end; once. */
    void run() {
        Setup.Span span = setup.span();
        Timeline time = cluster.time();
        time.runUntil(span.warmupNanos());
        cluster.broker().packets().reset();
        cluster.sampleAges().reset();
        time.runUntil(span.endNanos());
        packets = cluster.broker().packets().asMap();
        long last = span.endNanos() + span.drainNanos();
        while (cluster.openCalls() > 0 && time.step(last)) {
            // Until every client has its answer, or drain time is over.
        }
        long end = cluster.openCalls() > 0 ? last : time.nowNanos();
        for (int node = 0; node < cluster.size(); node++) {
            for (ClientCall call : cluster.node(node).open()) {
                cluster.books().cutOff(call, end);
            }
        }
        Books books = cluster.books();
        if (books.due() != books.ended()) {
            throw new IllegalStateException(
                    "a fault of the simulator: " + books.due() + " calls came due and " + books.ended() + " ended");
        }
    }

    Cluster cluster() {
        return cluster;
    }

    /**
     * What came out.
     *
     * @param wallSeconds how long it took in real time
     */
    RunResult result(Map<String, String> point, int repetition, double wallSeconds) {
        Books books = cluster.books();
        return new RunResult(
                RunResult.World.SIMULATED,
                point,
                repetition,
                setup.seed(),
                setup.nodes(),
                setup.span().measureNanos(),
                setup.work().service().meanNanos(),
                books.arrived(),
                books.ends(),
                books.reasons(),
                books.late(),
                HistogramText.of(books.latency()),
                HistogramText.of(cluster.sampleAges().histogram()),
                books.matrix(),
                books.nodeTallies(),
                packets,
                books.series(),
                "",
                wallSeconds);
    }
}
