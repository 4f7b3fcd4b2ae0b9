package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.config.FunctionSetting;
import io.p2pfaas.node.config.SettingsTable;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.runtime.BuiltinRuntimes;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.HttpRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the runtimes of the configured functions. */
final class RuntimeFactory {
    private static final String BUILTIN = "builtin:";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpEntrance entrance;
    private final BuiltinRuntimes builtins;
    private final int maxAnswerBytes;

    RuntimeFactory(HttpEntrance entrance, BuiltinRuntimes builtins, long maxAnswerBytes) {
        this.entrance = entrance;
        this.builtins = builtins;
        this.maxAnswerBytes = (int) maxAnswerBytes;
    }

    Deployments deploy(List<FunctionSetting> functions) {
        Map<FunctionName, Deployments.Deployed> deployed = new LinkedHashMap<>();
        for (FunctionSetting function : functions) {
            // What the node itself computes has no effect outside of it.
            boolean idempotent = function.idempotent() || function.spec().startsWith(BUILTIN);
            deployed.put(
                    function.name(), new Deployments.Deployed(function.spec(), idempotent, runtime(function.spec())));
        }
        return new Deployments(deployed);
    }

    private FunctionRuntime runtime(String spec) {
        if (spec.startsWith(BUILTIN)) {
            return builtins.create(spec);
        }
        // Slots bound what runs and may change at any time, so the pools take the most that there can ever be.
        HttpLimits limits =
                new HttpLimits(SettingsTable.MAX_SLOTS, maxAnswerBytes, CONNECT_TIMEOUT, HttpLimits.USUAL_IDLE_TIMEOUT);
        return new HttpRuntime(entrance.worker(), entrance.buffers(), URI.create(spec), limits);
    }
}
