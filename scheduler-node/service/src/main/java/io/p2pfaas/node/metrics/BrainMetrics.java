package io.p2pfaas.node.metrics;

import io.p2pfaas.core.learn.LearnerStats;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.policy.DecisionKind;
import io.p2pfaas.core.policy.PolicyFault;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What the brain counts, as metrics. All of a scrape are of the same moment. */
final class BrainMetrics {
    static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Meters meters;
    private final Supplier<MetricSnapshot> snapshot;

    private BrainMetrics(Meters meters, Supplier<MetricSnapshot> snapshot) {
        this.meters = meters;
        this.snapshot = snapshot;
    }

    static void register(Meters meters, Supplier<MetricSnapshot> snapshot) {
        BrainMetrics brain = new BrainMetrics(meters, snapshot);
        brain.calls(false, "caller");
        brain.calls(true, "peer");
        brain.reasons();
        brain.cooperation();
        brain.shadow();
        brain.load();
        brain.learner();
    }

    private void calls(boolean peers, String source) {
        counter("p2pfaas.calls.received", "Calls that arrived", all -> all.receivedFrom(peers), "source", source);
        for (EndState state : EndState.values()) {
            counter(
                    "p2pfaas.calls.ended",
                    "Calls by the state in which they ended",
                    all -> all.endedIn(state, peers),
                    "source",
                    source,
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        gauge("p2pfaas.calls.in.flight", "Calls that have not ended", s -> s.inFlight(peers), "source", source);
    }

    private void reasons() {
        for (Reason reason : Reason.values()) {
            counter(
                    "p2pfaas.calls.not.done",
                    "Calls not done, by reason",
                    all -> all.notDone(reason),
                    "reason",
                    reason.label());
        }
    }

    private void cooperation() {
        counter("p2pfaas.forwards", "Calls sent to a chosen peer", Counters::forwardsSent);
        counter("p2pfaas.offers", "Calls offered to a spill group", Counters::offersSent);
        counter("p2pfaas.refusals", "Refusals that peers sent", Counters::refusalsHeard);
        counter("p2pfaas.no.taker", "Forwards and offers that reached nobody", Counters::foundNobody);
        counter("p2pfaas.handed.on", "Peers' calls handed on to a further node", Counters::handedOnCalls);
        counter("p2pfaas.probes", "Probes sent", Counters::probesSent);
        counter("p2pfaas.notices", "Notices sent to single peers", Counters::noticesSent);
        counter("p2pfaas.samples", "Load samples published", Counters::samplesSent);
        counter("p2pfaas.membership.changes", "Spill groups joined or left", Counters::membershipChanges);
        counter("p2pfaas.late.answers", "Answers that nobody waited for", Counters::lateAnswers);
        counter("p2pfaas.executions", "Executions that ended on this node", Counters::executedHere);
        counter(
                "p2pfaas.executions.away",
                "Callers' calls whose outcome came from another node",
                Counters::executedAway);
        for (PolicyFault fault : PolicyFault.values()) {
            counter(
                    "p2pfaas.policy.faults",
                    "What the policy did wrong, by kind",
                    all -> all.policyFaults(fault),
                    "kind",
                    fault.label());
        }
    }

    private void shadow() {
        for (DecisionKind real : DecisionKind.values()) {
            if (real == DecisionKind.FAULT) {
                continue;
            }
            for (DecisionKind would : DecisionKind.values()) {
                counter(
                        "p2pfaas.shadow.decisions",
                        "What the shadow would have decided beside what was decided, since it became the shadow",
                        all -> all.shadow().of(real, would),
                        "real",
                        real.label(),
                        "shadow",
                        would.label());
            }
        }
        counter(
                "p2pfaas.shadow.same.peer",
                "Forwards where the shadow chose the same peer",
                all -> all.shadow().samePeer());
    }

    private void load() {
        gauge("p2pfaas.running", "Calls that hold a slot", s -> s.load().running());
        gauge("p2pfaas.slots", "Slots", s -> s.load().slots());
        gauge("p2pfaas.queued", "Calls that wait for a slot", s -> s.load().queued());
        gauge("p2pfaas.queue.max", "Places in the queue", s -> s.load().queueMax());
        gauge("p2pfaas.peers", "Peers that are there", MetricSnapshot::peers);
        gauge(
                "p2pfaas.peers.silent",
                "Peers that are online and were not heard of for three heartbeats, or did not answer",
                MetricSnapshot::silent);
        gauge(
                "p2pfaas.peer.sample.age.max.seconds",
                "Age of the oldest load sample; 0 without peers",
                s -> s.oldestSampleNanos() / NANOS_PER_SECOND);
        gauge("p2pfaas.link.up", "1 if the broker link is up", s -> s.linkUp() ? 1 : 0);
        gauge(
                "p2pfaas.link.round.trip.seconds",
                "Smoothed publish acknowledgement time; 0 if none lately",
                s -> s.linkRoundTripNanos() / NANOS_PER_SECOND);
    }

    private void learner() {
        gauge(
                "p2pfaas.learner.epsilon",
                "Share of random actions now",
                s -> s.learner().epsilon());
        gauge(
                "p2pfaas.learner.states",
                "Rows of the learner's table",
                s -> s.learner().states());
        gauge(
                "p2pfaas.learner.pending",
                "Entries that wait for a reward or an earlier one",
                s -> s.learner().pendingEntries());
        gauge(
                "p2pfaas.learner.reward.average",
                "Average reward as the learner estimates it",
                s -> s.learner().average());
        learned("p2pfaas.learner.actions", "Actions chosen", LearnerStats::inferences);
        learned("p2pfaas.learner.steps", "Entries trained", LearnerStats::trainedItems);
        learned("p2pfaas.learner.episodes", "Windows trained", LearnerStats::episodes);
        learned("p2pfaas.learner.refused", "Entries refused: known already, or too late", LearnerStats::refused);
        learned("p2pfaas.learner.dropped", "Entries given up behind a gap or for want of room", LearnerStats::dropped);
        learned("p2pfaas.learner.not.kept", "Transitions not learned as the table was full", LearnerStats::notKept);
        learned(
                "p2pfaas.learner.without.peer",
                "Actions that named a peer that is not there",
                LearnerStats::withoutPeer);
    }

    private void learned(String name, String description, ToLongFunction<LearnerStats> value) {
        meters.counter(name, description, () -> value.applyAsLong(snapshot.get().learner()));
    }

    private void counter(String name, String description, ToLongFunction<Counters> value, String... tags) {
        meters.counter(name, description, () -> value.applyAsLong(snapshot.get().counters()), tags);
    }

    private void gauge(String name, String description, ToDoubleFunction<MetricSnapshot> value, String... tags) {
        meters.gauge(name, description, () -> value.applyAsDouble(snapshot.get()), tags);
    }
}
