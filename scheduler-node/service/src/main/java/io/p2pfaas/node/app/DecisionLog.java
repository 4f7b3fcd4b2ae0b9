package io.p2pfaas.node.app;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Candidate;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.CallLog;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each decision, if somebody sets the level of this class to debug; until then calls leave none. */
final class DecisionLog {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    private DecisionLog() {}

    static boolean isOn() {
        return LOG.isDebugEnabled();
    }

    static void tell(Effect.Decided effect) {
        if (!LOG.isDebugEnabled()) {
            // The call has its trail for another reason.
            return;
        }
        CallLog.about(effect.call(), () -> write(effect.call(), effect.decided()));
    }

    private static void write(Call call, CallTrail.Decided decided) {
        LOG.debug(
                "decided function={} arrival={} policy=\"{}\" choice=\"{}\" own={} candidates=[{}]",
                call.function(),
                call.arrival(),
                decided.policy(),
                decided.choice(),
                text(decided.own()),
                decided.candidates().stream()
                        .filter(Candidate::isLookedAt)
                        .map(DecisionLog::text)
                        .collect(Collectors.joining(" ")));
    }

    private static String text(Load load) {
        return load.running() + "/" + load.slots() + "+" + load.queued() + "/" + load.queueMax();
    }

    private static String text(Candidate candidate) {
        Load load = candidate.load();
        String known = load == null
                ? "unknown"
                : text(load) + "," + TimeUnit.NANOSECONDS.toMillis(candidate.ageNanos()) + "ms";
        return candidate.node() + ":" + known + (candidate.isFresh() || load == null ? "" : ",stale");
    }
}
