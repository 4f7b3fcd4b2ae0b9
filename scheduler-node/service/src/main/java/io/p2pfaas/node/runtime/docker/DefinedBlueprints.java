package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Stand-in until ContainerOptions is there. */
final class DefinedBlueprints implements Blueprint.Reader {
    private static final int PORT = 8080;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final ContainerDefaults defaults;
    private final Function<FunctionName, Path> secrets;

    DefinedBlueprints(ContainerDefaults defaults, Function<FunctionName, Path> secrets) {
        this.defaults = defaults;
        this.secrets = secrets;
    }

    @Override
    public Blueprint read(FunctionDefinition definition) {
        long memory = definition.limits().memoryBytes().orElse(defaults.memoryBytes());
        String network = ("p2pfaas-" + defaults.owner() + "-"
                        + definition.name().value())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_.-]", "-");
        String image = definition.image().substring(FunctionDefinition.DOCKER.length());
        PoolRules rules = new PoolRules(
                number(definition, "com.openfaas.scale.min", 1),
                Math.min(defaults.maxReplicas(), number(definition, "com.openfaas.scale.max", defaults.maxReplicas())),
                definition
                        .labels()
                        .getOrDefault("com.openfaas.scale.zero", "false")
                        .equals("true"),
                defaults.concurrency(),
                true,
                defaults.pauseAfter().toNanos(),
                defaults.stopAfter().toNanos(),
                DRAIN.toNanos());
        return new Blueprint(
                definition.name(),
                definition.given(),
                image,
                network,
                true,
                PORT,
                Optional.empty(),
                defaults.startTimeout(),
                memory,
                rules,
                (name, labels) -> new ContainerPlan(
                        name,
                        image,
                        labels,
                        definition.environment().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList(),
                        network,
                        memory,
                        definition.limits().nanoCpus().orElse(defaults.nanoCpus()),
                        defaults.pids(),
                        definition.readOnlyRoot().orElse(true),
                        defaults.tmpfsBytes(),
                        List.of(),
                        false,
                        Optional.empty(),
                        definition.secrets().isEmpty()
                                ? Optional.empty()
                                : Optional.of(secrets.apply(definition.name()))));
    }

    private static int number(FunctionDefinition definition, String label, int otherwise) {
        String text = definition.labels().get(label);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
