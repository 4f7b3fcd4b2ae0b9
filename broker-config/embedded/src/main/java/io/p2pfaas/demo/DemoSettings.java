package io.p2pfaas.demo;

import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.SettingsLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a demo node: the defaults, its own ports, and the sample functions. */
final class DemoSettings {
    private static final List<String> FUNCTIONS = List.of(
            "echo=builtin:echo",
            "sleep=builtin:sleep?mean=100ms&dist=exp",
            "cpu=builtin:cpu?mean=20ms",
            "hash=builtin:hash",
            "resize=builtin:resize?width=320");

    private DemoSettings() {}

    static NodeSettings of(String id, int httpPort, int brokerPort) {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        flags.put("id", List.of(id));
        flags.put("http.address", List.of("127.0.0.1:" + httpPort));
        flags.put("broker.url", List.of("mqtt://127.0.0.1:" + brokerPort));
        flags.put("functions", FUNCTIONS);
        // The environment is left out: the demo must start alike on every machine.
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), flags);
        if (result instanceof LoadResult.Loaded loaded) {
            return loaded.settings();
        }
        throw new IllegalStateException(((LoadResult.Refused) result).message());
    }
}
