package io.p2pfaas.node.app;

import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.loop.EffectHandler;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.mqtt.BrokerLink;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which part of the node carries out which effect. Connected once, before the first event. */
final class Dispatch implements EffectHandler {
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

    private void reply(Effect.Reply reply) {
        CallerCall caller = (CallerCall) reply.call().payload();
        NodeMetrics recorder = metrics;
        if (recorder != null) {
            recorder.answered(reply.placement().isRemote(), clock.getAsLong() - caller.arrivedNanos());
        }
        caller.reply(reply.call(), reply.end(), reply.placement());
    }
}
