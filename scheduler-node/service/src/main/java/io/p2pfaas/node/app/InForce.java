package io.p2pfaas.node.app;

import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.config.CapacityChange;
import io.p2pfaas.node.config.CapacitySettings;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.DocumentRefused;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.SchedulerDocument;
import io.p2pfaas.node.loop.NodeLoop;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of what is in force on a node: slots, queue and policy. A change is validated, saved, told to the brain
 * and to the peers, and logged, in this order, one change at a time; when it is answered it is in force. It is saved
 * before it is in force, so that a disk that is full leaves nothing half done.
 *
 * <p>A policy that lets the broker match calls needs a broker that says when nobody is there. On any other the node runs
 * one that goes by load samples, until the broker says so or another policy is wanted.
 */
final class InForce {
    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);
    private static final PolicySpec DEFAULT = PolicySpec.parse("BrokerMatch");
    private static final PolicySpec FALLBACK = PolicySpec.parse("LeastLoadedSpill");

    /** What operators want. */
    private record Wanted(CapacitySettings capacity, PolicySpec spec, SchedulingPolicy policy) {}

    private final PolicyCatalogue catalogue;
    private final SchedulingPolicy fallbackRule;
    private SchedulingPolicy fallback;
    private final Keeper keeper;
    /** Held for a whole change, the disk included; whoever must not wait for that takes the other lock only. */
    private final Object oneAtATime = new Object();

    private boolean brokerSays = true;
    private @Nullable NodeLoop loop;
    private @Nullable IntConsumer announceSlots;
    private volatile Wanted wanted;
    private volatile SchedulingPolicy policy;

    InForce(NodeSettings settings, PolicyCatalogue catalogue, Keeper keeper) {
        PolicySpec spec = settings.scheduler().orElse(DEFAULT);
        this.catalogue = catalogue;
        this.fallbackRule = catalogue.create(FALLBACK);
        this.keeper = keeper;
        this.policy = catalogue.create(spec);
        this.fallback = new StandIn(fallbackRule, policy.needs());
        this.wanted = new Wanted(settings.capacity(), spec, policy);
    }

    /**
     * From now on changes can be made.
     *
     * @param slotsAreNow tells the peers
     */
    synchronized void connect(NodeLoop brainLoop, IntConsumer slotsAreNow) {
        loop = brainLoop;
        announceSlots = slotsAreNow;
    }

    /** The policy that decides. */
    SchedulingPolicy policy() {
        return policy;
    }

    /** The policy that decides, in the words of users. */
    String describe() {
        return policy.describe();
    }

    /** The policy that should decide, in the words of users. */
    String describeWanted() {
        return wanted.policy().describe();
    }

    /** Slots and queue: {@code /configuration}. */
    Document configuration() {
        return new Document() {
            @Override
            public String text() {
                return wanted.capacity().json();
            }

            @Override
            public Optional<Refusal> change(ByteBuffer json, String by) {
                return changeCapacity(json, by);
            }
        };
    }

    /** The policy: {@code /configuration/scheduler}. */
    Document scheduler() {
        return new Document() {
            @Override
            public String text() {
                return SchedulerDocument.json(wanted.spec());
            }

            @Override
            public Optional<Refusal> change(ByteBuffer json, String by) {
                return changeScheduler(json, by);
            }
        };
    }

    private Optional<Document.Refusal> changeCapacity(ByteBuffer json, String by) {
        synchronized (oneAtATime) {
            Wanted before = wanted;
            CapacitySettings next;
            try {
                next = CapacityChange.read(json).in(before.capacity());
            } catch (DocumentRefused refused) {
                return Optional.of(Document.Refusal.wrongInput(refused.getMessage()));
            }
            Optional<Document.Refusal> unsaved = keeper.keep(DataFolder.CONFIGURATION, next.json());
            if (unsaved.isEmpty()) {
                enforce(new Wanted(next, before.spec(), before.policy()), by);
            }
            return unsaved;
        }
    }

    private Optional<Document.Refusal> changeScheduler(ByteBuffer json, String by) {
        synchronized (oneAtATime) {
            SchedulerDocument next;
            try {
                next = SchedulerDocument.read(json, catalogue);
            } catch (DocumentRefused refused) {
                return Optional.of(Document.Refusal.wrongInput(refused.getMessage()));
            }
            Optional<Document.Refusal> unsaved = keeper.keep(DataFolder.SCHEDULER, SchedulerDocument.json(next.spec()));
            if (unsaved.isEmpty()) {
                enforce(new Wanted(wanted.capacity(), next.spec(), next.policy()), by);
            }
            return unsaved;
        }
    }

    private void enforce(Wanted next, String by) {
        IntConsumer peers;
        synchronized (this) {
            wanted = next;
            policy = right();
            tellBrain();
            peers = announceSlots;
        }
        CapacitySettings capacity = next.capacity();
        if (peers != null) {
            peers.accept(capacity.slots());
        }
        LOG.info(
                "changed by=\"{}\" slots={} queueLength={} queueEnabled={} scheduler=\"{}\" inForce=\"{}\"",
                by,
                capacity.slots(),
                capacity.queueLength(),
                capacity.queueEnabled(),
                next.policy().describe(),
                policy.describe());
    }

    private SchedulingPolicy right() {
        boolean needsIt = wanted.policy().needs().membership().saysWhoHasRoom();
        return needsIt && !brokerSays ? standIn(wanted.policy()) : wanted.policy();
    }

    /** The same object for the same needs, so that nothing changes if nothing has to. */
    private SchedulingPolicy standIn(SchedulingPolicy stoodInFor) {
        StandIn right = new StandIn(fallbackRule, stoodInFor.needs());
        if (!right.equals(fallback)) {
            fallback = right;
        }
        return fallback;
    }

    private void tellBrain() {
        NodeLoop told = loop;
        if (told == null) {
            throw new IllegalStateException("not connected yet");
        }
        CapacitySettings capacity = wanted.capacity();
        told.offer(new Event.Reconfigured(capacity.slots(), capacity.queue(), policy));
    }

    /** The broker at hand does, or does not, say that a publish reached nobody. */
    synchronized void brokerSaysNobody(boolean doesSay) {
        brokerSays = doesSay;
        SchedulingPolicy right = right();
        if (right == policy) {
            return;
        }
        if (right == fallback) {
            LOG.warn(
                    "the broker does not say when a publish reaches nobody, or somebody subscribes to all topics:"
                            + " {} instead of {} until it does",
                    fallback.describe(),
                    describeWanted());
        } else {
            LOG.info("the broker says when a publish reaches nobody: {}", describeWanted());
        }
        policy = right;
        tellBrain();
    }
}
