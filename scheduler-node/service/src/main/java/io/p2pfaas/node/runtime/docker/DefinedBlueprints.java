package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blueprints from definitions by {@link ContainerOptions}. */
final class DefinedBlueprints implements Blueprint.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(DefinedBlueprints.class);
    /** Longer than nearly all calls take; what takes longer ends with the instance. */
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final ContainerDefaults defaults;
    private final AllowedImages images;
    private final Function<FunctionDefinition, Optional<Path>> secrets;

    DefinedBlueprints(
            ContainerDefaults defaults, AllowedImages images, Function<FunctionDefinition, Optional<Path>> secrets) {
        this.defaults = defaults;
        this.images = images;
        this.secrets = secrets;
    }

    @Override
    public Blueprint read(FunctionDefinition definition) {
        ContainerOptions options = ContainerOptions.of(definition, defaults);
        images.require(options.image());
        List<String> relaxations = options.relaxations();
        if (!relaxations.isEmpty()) {
            LOG.info("function_relaxed function={} {}", options.function().value(), String.join(" ", relaxations));
        }
        PoolRules rules = new PoolRules(
                options.minReplicas(),
                options.maxReplicas(),
                options.toZero(),
                options.concurrency(),
                options.pauseAfter().toNanos(),
                options.stopAfter().toNanos(),
                DRAIN.toNanos());
        return new Blueprint(
                options.function(),
                definition.given(),
                options.image(),
                options.network(),
                options.internal(),
                options.port(),
                options.startTimeout(),
                options.memoryBytes(),
                rules,
                (instance, labels) -> options.plan(instance, labels, secrets.apply(definition)));
    }
}
