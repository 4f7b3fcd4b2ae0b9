package io.p2pfaas.node.app;

import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.loop.NodeLoop;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policy the node runs. A policy that lets the broker match calls needs a broker that says when nobody is there;
 * on any other the node falls back to one that goes by load samples.
 */
final class PolicyChoice {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyChoice.class);
    private static final PolicySpec DEFAULT = PolicySpec.parse("BrokerMatch");
    private static final PolicySpec FALLBACK = PolicySpec.parse("LeastLoadedSpill");

    private final int slots;
    private final int queueMax;
    private final SchedulingPolicy wanted;
    private final SchedulingPolicy fallback;
    private volatile SchedulingPolicy inForce;

    PolicyChoice(Optional<PolicySpec> configured, int slots, int queueMax) {
        PolicyCatalogue catalogue = PolicyCatalogue.standard();
        this.wanted = catalogue.create(configured.orElse(DEFAULT));
        this.fallback = catalogue.create(FALLBACK);
        this.slots = slots;
        this.queueMax = queueMax;
        this.inForce = wanted;
    }

    SchedulingPolicy inForce() {
        return inForce;
    }

    String describe() {
        return inForce.describe();
    }

    /** The broker at hand does, or does not, say that a publish reached nobody. */
    synchronized void brokerSaysNobody(boolean doesSay, NodeLoop loop) {
        boolean needsIt = wanted.needs().membership() != SchedulingPolicy.Membership.NONE;
        SchedulingPolicy right = needsIt && !doesSay ? fallback : wanted;
        if (right == inForce) {
            return;
        }
        if (right == fallback) {
            LOG.warn(
                    "the broker does not say when a publish reaches nobody, or somebody subscribes to all topics:"
                            + " {} instead of {} until it does",
                    fallback.describe(),
                    wanted.describe());
        } else {
            LOG.info("the broker says when a publish reaches nobody: {}", wanted.describe());
        }
        inForce = right;
        loop.offer(new Event.Reconfigured(slots, queueMax, right));
    }
}
