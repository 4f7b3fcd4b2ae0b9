package io.p2pfaas.node.app;

import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.loop.EffectHandler;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.mqtt.BrokerLink;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which part of the node carries out which effect. Connected once, before the first event. */
final class Dispatch implements EffectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final LongSupplier clock;
    private @Nullable Executions executions;
    private @Nullable BrokerLink link;
    private volatile @Nullable NodeMetrics metrics;

    Dispatch(LongSupplier clock) {
        this.clock = clock;
    }

    void connect(Executions newExecutions, BrokerLink newLink) {
        executions = newExecutions;
        link = newLink;
    }

    void record(NodeMetrics newMetrics) {
        metrics = newMetrics;
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
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.answered(reply.placement().isRemote(), clock.getAsLong() - caller.arrivedNanos());
        }
        caller.reply(reply.call(), reply.end(), reply.placement());
    }
}
