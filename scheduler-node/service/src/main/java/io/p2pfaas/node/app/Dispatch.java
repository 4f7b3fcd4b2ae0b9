package io.p2pfaas.node.app;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.loop.EffectHandler;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.mqtt.BrokerLink;
import io.p2pfaas.node.watch.CallStatistics;
import io.p2pfaas.node.watch.EndedCall;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which part of the node carries out which effect. Connected once, before the first event. */
final class Dispatch implements EffectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final int FIRST_SERVER_ERROR = 500;

    private final LongSupplier clock;
    private @Nullable Executions executions;
    private @Nullable BrokerLink link;
    private volatile @Nullable NodeMetrics metrics;
    private final CallStatistics statistics;

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
            recorder.executed(outcome.executionNanos());
        }
        boolean failed = !(outcome instanceof Outcome.Answered answered)
                || answered.response().status() >= FIRST_SERVER_ERROR;
        statistics.executed(call.function(), failed, outcome.executionNanos());
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
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.answered(reply.placement().isRemote(), now - caller.arrivedNanos());
        }
        statistics.ended(EndedCall.of(
                CallNotes.idOf(caller.request(), reply.call().id()),
                reply.call(),
                reply.end(),
                reply.placement(),
                caller.arrivedNanos(),
                now));
        caller.reply(reply.call(), reply.end(), reply.placement());
    }
}
