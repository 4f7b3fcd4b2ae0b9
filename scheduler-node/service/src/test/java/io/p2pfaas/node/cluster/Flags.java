package io.p2pfaas.node.cluster;

import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.Setting;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.config.SettingsTable;
import io.p2pfaas.node.testing.SiteBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a node is started with, as an operator would write it; for a node in this process or in its own. */
final class Flags {
    private final Map<String, List<String>> values;

    private Flags(Map<String, List<String>> values) {
        this.values = values;
    }

    /** A node on any free port of 127.0.0.1, with heartbeats quick enough for tests. */
    static Flags forBroker(int port) {
        return new Flags(Map.of())
                .with("http.address", "127.0.0.1:0")
                .with("broker.url", "mqtt://127.0.0.1:" + port)
                .with("broker.reconnect-max", "200ms")
                .with("call.heartbeat", "200ms");
    }

    /** A node on a site's broker, with the certificate of its name. */
    static Flags forSite(SiteBroker site, String id) {
        return forSite(site, id, site.file("."));
    }

    /** The same with a certificate from elsewhere. */
    static Flags forSite(SiteBroker site, String id, Path certificates) {
        return forBroker(site.certificatePort())
                .with("id", id)
                .with("broker.url", "mqtts://127.0.0.1:" + site.certificatePort())
                .with("broker.tls.ca-file", site.file("ca.crt").toString())
                .with("broker.tls.cert-file", certificates.resolve(id + ".crt").toString())
                .with("broker.tls.key-file", certificates.resolve(id + ".key").toString());
    }

    /** The same with one setting more, or another value of it. */
    Flags with(String key, String... newValues) {
        Map<String, List<String>> copy = new LinkedHashMap<>(values);
        copy.put(key, List.of(newValues));
        return new Flags(copy);
    }

    NodeSettings settings() {
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), values);
        if (result instanceof LoadResult.Loaded loaded) {
            return loaded.settings();
        }
        throw new IllegalArgumentException(((LoadResult.Refused) result).message());
    }

    /** As arguments of the {@code node} command. */
    List<String> arguments() {
        Map<String, String> flags = SettingsTable.all().stream().collect(Collectors.toMap(Setting::key, Setting::flag));
        List<String> arguments = new ArrayList<>();
        values.forEach((key, given) -> given.forEach(value -> {
            String flag = flags.get(key);
            if (flag == null) {
                throw new IllegalArgumentException("no setting has the key " + key);
            }
            arguments.add(flag);
            arguments.add(value);
        }));
        return arguments;
    }
}
