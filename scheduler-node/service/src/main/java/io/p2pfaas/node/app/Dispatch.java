package io.p2pfaas.node.app;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.loop.EffectHandler;
import io.p2pfaas.node.metrics.FunctionTotals;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.mqtt.BrokerLink;
import io.p2pfaas.node.watch.CallStatistics;
import io.p2pfaas.node.watch.EndedCall;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which part of the node carries out which effect. Connected once, before the first event. */
final class Dispatch implements EffectHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final int FIRST_SERVER_ERROR = 500;

    private final LongSupplier clock;
    private @Nullable Executions executions;
    private @Nullable BrokerLink link;
    private volatile @Nullable NodeMetrics metrics;
    private final CallStatistics statistics;
    private final FunctionTotals totals = new FunctionTotals();

    Dispatch(LongSupplier clock, CallStatistics statistics) {
        this.clock = clock;
        this.statistics = statistics;
    }

    void connect(Executions newExecutions, BrokerLink newLink) {
        executions = newExecutions;
        link = newLink;
    }

    void record(NodeMetrics newMetrics) {
        metrics = newMetrics;
    }

    /** An execution has ended on this node. */
    void executed(Call call, Outcome outcome) {
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.executed(call.function(), outcome.executionNanos());
        }
        FunctionTotals.Ended how = how(call, outcome);
        totals.executed(call.function(), how);
        statistics.executed(call.function(), how != FunctionTotals.Ended.WELL, outcome.executionNanos());
    }

    /** Late is also what was aborted since its time was up, whatever its runtime says of that. */
    private FunctionTotals.Ended how(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return answered.response().status() >= FIRST_SERVER_ERROR
                    ? FunctionTotals.Ended.WITH_ERROR
                    : FunctionTotals.Ended.WELL;
        }
        boolean isLate =
                outcome instanceof Outcome.Broken broken && broken.reason().endState() == EndState.EXPIRED;
        return isLate || clock.getAsLong() >= call.deadlineNanos()
                ? FunctionTotals.Ended.TOO_LATE
                : FunctionTotals.Ended.WITH_ERROR;
    }

    /** How executions ended, by function. */
    FunctionTotals totals() {
        return totals;
    }

    /** A new instance of a function takes calls. */
    void coldStart(FunctionName function, long nanos) {
        totals.coldStart(function);
        statistics.coldStart(function);
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.coldStart(function, nanos);
        }
    }

    /** Nothing is measured any more. */
    @Override
    public void close() {
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.close();
        }
    }

    @Nullable
    NodeMetrics metrics() {
        return metrics;
    }

    @Override
    public void carryOut(Effect effect) {
        if (effect instanceof Effect.Reply reply) {
            // Needs nobody else: a caller who came while the node still starts is told too.
            reply(reply);
            return;
        }
        if (effect instanceof Effect.PolicyFaulted faulted) {
            tell(faulted);
            return;
        }
        if (effect instanceof Effect.Decided decided) {
            DecisionLog.tell(decided);
            return;
        }
        Executions runs = executions;
        BrokerLink sends = link;
        if (runs == null || sends == null) {
            throw new IllegalStateException("not connected yet: " + effect);
        }
        if (effect instanceof Effect.Execute execute) {
            runs.start(execute);
        } else if (effect instanceof Effect.AbortExecution abort) {
            runs.abort(abort);
        } else {
            sends.carryOut(effect);
        }
    }

    /** A faulty policy has a fault for each call: the first of its kind is news, the others are in the metrics. */
    private static void tell(Effect.PolicyFaulted faulted) {
        if (faulted.nth() == 1) {
            LOG.warn(
                    "scheduler=\"{}\"{} fault={}: {}; {}. Further ones are only counted",
                    faulted.policy(),
                    faulted.shadow() ? " (shadow)" : "",
                    faulted.fault().label(),
                    faulted.detail(),
                    faulted.shadow()
                            ? "no call is touched by it"
                            : "calls run or wait where they are when it does not decide");
        }
    }

    private void reply(Effect.Reply reply) {
        CallerCall caller = (CallerCall) reply.call().payload();
        long now = clock.getAsLong();
        EndedCall ended = EndedCall.of(
                caller.shownId(reply.call().id()),
                reply.call(),
                reply.end(),
                reply.placement(),
                caller.arrivedNanos(),
                now);
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            EndedCall.Parts parts = ended.parts();
            recorder.answered(reply.placement().isRemote(), now - caller.arrivedNanos());
            recorder.phases(parts.decisionNanos(), parts.queueNanos(), parts.forwardNanos(), parts.runNanos());
        }
        statistics.ended(ended);
        caller.reply(reply.call(), reply.end(), reply.placement());
    }
}
