package io.p2pfaas.node.app;

import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.runtime.BuiltinRuntimes;
import io.p2pfaas.node.runtime.ExecRuntimes;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.HttpRuntime;
import io.p2pfaas.node.runtime.docker.ContainerRuntimes;
import io.p2pfaas.node.runtime.docker.HostFirewall;
import io.p2pfaas.node.runtime.docker.Preparation;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what runs a function, by the beginning of its image. */
final class RuntimeFactory implements FunctionRegistry.Runtimes {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeFactory.class);

    private final HttpEntrance entrance;
    private final BuiltinRuntimes builtins;
    private final ExecRuntimes programs;
    private final ContainerRuntimes containers;
    private final HttpLimits limits;
    private final Runnable firstContainer;
    private final AtomicBoolean walled = new AtomicBoolean();

    /** @param firstContainer runs before the first function that is a container is made */
    RuntimeFactory(
            HttpEntrance entrance,
            BuiltinRuntimes builtins,
            ExecRuntimes programs,
            ContainerRuntimes containers,
            HttpLimits limits,
            Runnable firstContainer) {
        this.entrance = entrance;
        this.builtins = builtins;
        this.programs = programs;
        this.containers = containers;
        this.limits = limits;
        this.firstContainer = firstContainer;
    }

    /** Only what can never work is refused: an engine that is away may come back. */
    @Override
    public Optional<String> prepare(FunctionDefinition definition) {
        if (!definition.isContainer()) {
            return Optional.empty();
        }
        Preparation preparation = containers.prepare(
                definition, progress -> LOG.info("function={} image: {}", definition.name(), progress));
        return switch (preparation.kind()) {
            case READY -> Optional.empty();
            case FETCHING, NO_ENGINE -> {
                LOG.warn("function={} cannot be called yet: {}", definition.name(), preparation.text());
                yield Optional.empty();
            }
            case REFUSED -> Optional.of(preparation.text());
        };
    }

    @Override
    public FunctionRuntime create(FunctionDefinition definition) {
        String image = definition.image();
        if (image.startsWith(FunctionDefinition.BUILTIN)) {
            return builtins.create(image);
        }
        if (image.startsWith(FunctionDefinition.EXEC)) {
            return programs.create(image);
        }
        if (definition.isContainer()) {
            if (walled.compareAndSet(false, true)) {
                firstContainer.run();
                HostFirewall.ofThisMachine().protect().ifPresent(LOG::warn);
            }
            return containers.create(definition);
        }
        return new HttpRuntime(entrance.worker(), entrance.buffers(), URI.create(image), limits);
    }
}
