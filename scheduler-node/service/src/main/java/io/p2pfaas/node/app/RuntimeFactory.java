package io.p2pfaas.node.app;

import io.p2pfaas.node.config.SettingsTable;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.runtime.BuiltinRuntimes;
import io.p2pfaas.node.runtime.ExecRuntimes;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.HttpRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes what runs a function, by the beginning of its image. */
final class RuntimeFactory implements FunctionRegistry.Runtimes {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpEntrance entrance;
    private final BuiltinRuntimes builtins;
    private final ExecRuntimes programs;
    private final HttpLimits limits;

    RuntimeFactory(HttpEntrance entrance, BuiltinRuntimes builtins, ExecRuntimes programs, long maxAnswerBytes) {
        this.entrance = entrance;
        this.builtins = builtins;
        this.programs = programs;
        // Slots bound what runs and may change at any time, so the pools take the most that there can ever be.
        this.limits = new HttpLimits(
                SettingsTable.MAX_SLOTS,
                Math.toIntExact(maxAnswerBytes),
                CONNECT_TIMEOUT,
                HttpLimits.USUAL_IDLE_TIMEOUT);
    }

    @Override
    public Optional<String> prepare(FunctionDefinition definition) {
        return Optional.empty();
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
            throw new IllegalArgumentException("docker functions are on their way");
        }
        return new HttpRuntime(entrance.worker(), entrance.buffers(), URI.create(image), limits);
    }
}
