package io.p2pfaas.node.app;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.DocumentRefused;
import io.p2pfaas.node.config.SchedulerDocument;
import io.p2pfaas.node.config.ShadowDocument;
import io.p2pfaas.node.loop.NodeLoop;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that is asked beside the one in force: {@code /configuration/scheduler/shadow}. A change is validated,
 * saved and told to the brain, one at a time; nobody else is touched by it.
 */
final class ShadowInForce implements Document {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowInForce.class);
    private static final String CHANCE = "L64X128MixRandom";
    private static final long STREAM = 0x5AD0;

    private final PolicyCatalogue catalogue;
    private final Keeper keeper;
    private final RandomGenerator random;
    private @Nullable NodeLoop loop;
    private volatile ShadowDocument shadow;

    ShadowInForce(NodeId self, Optional<PolicySpec> start, PolicyCatalogue catalogue, Keeper keeper) {
        this.catalogue = catalogue;
        this.keeper = keeper;
        this.random = RandomGeneratorFactory.of(CHANCE).create(self.hashCode() ^ STREAM);
        this.shadow = start.map(spec -> new ShadowDocument(spec, catalogue.create(spec)))
                .orElse(ShadowDocument.NONE);
    }

    /** From now on there is a brain to tell. */
    synchronized void connect(NodeLoop brainLoop) {
        loop = brainLoop;
        tellBrain();
    }

    @Override
    public String text() {
        return SchedulerDocument.json(shadow.spec());
    }

    @Override
    public synchronized Optional<Refusal> change(ByteBuffer json, String by) {
        ShadowDocument next;
        try {
            next = ShadowDocument.read(json, catalogue);
        } catch (DocumentRefused refused) {
            return Optional.of(Refusal.wrongInput(refused.getMessage()));
        }
        Optional<Refusal> unsaved = keeper.keep(DataFolder.SHADOW, SchedulerDocument.json(next.spec()));
        if (unsaved.isEmpty()) {
            shadow = next;
            tellBrain();
            LOG.info("changed by=\"{}\" shadow=\"{}\"", by, next.spec());
        }
        return unsaved;
    }

    private void tellBrain() {
        NodeLoop told = loop;
        if (told != null) {
            told.offer(new Event.ShadowChanged(shadow.policy(), random));
        }
    }
}
