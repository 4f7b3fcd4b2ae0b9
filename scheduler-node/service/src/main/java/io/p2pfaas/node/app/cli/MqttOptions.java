package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.config.BrokerSettings;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.mqtt.BrokerAddress;
import io.p2pfaas.node.mqtt.LinkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/** How a call goes over MQTT 5: which broker, and who calls. */
final class MqttOptions {
    private static final String MQTT = "--mqtt";
    private static final String BROKER = "--broker";
    private static final String USER = "--user";
    private static final String PASSWORD = "--password-file";
    private static final String CERT = "--cert";
    private static final String KEY = "--key";
    private static final String ROOT = "--root";
    private static final String NAME = "--as";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int SHORT = 8;

    private MqttOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addArgGroup(ArgGroupSpec.builder()
                .exclusive(false)
                .validate(false)
                .heading("Over MQTT 5 instead of HTTP:%n")
                .addArg(Options.flag("Call over the broker, as devices and programs do; any node may take it.", MQTT))
                .addArg(Options.text(
                        "URL", "mqtt://, mqtts://, ws:// or wss://. Default: the broker of the node at --url", BROKER))
                .addArg(Options.text("LEVELS", "broker.root of the cluster. Default: that of the node at --url", ROOT))
                .addArg(Options.text("NAME", "User at the broker. Default: none", USER))
                .addArg(Options.text("FILE", "Its password.", PASSWORD))
                .addArg(Options.text("FILE", "PEM certificate to show to the broker.", CERT))
                .addArg(Options.text("FILE", "PEM key of it.", KEY))
                .addArg(Options.text(
                        "NAME",
                        "Answers come on ROOT/v1/cli/NAME/trial, so the broker must let this name hear it. Default: the"
                                + " user, or a random one",
                        NAME))
                .build());
    }

    static boolean isWanted(CommandLine.ParseResult parsed) {
        if (parsed.hasMatchedOption(MQTT)) {
            return true;
        }
        for (String option : List.of(BROKER, USER, PASSWORD, CERT, KEY, ROOT, NAME)) {
            if (parsed.hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        option + " is for calls over MQTT, allowed is together with " + MQTT);
            }
        }
        return false;
    }

    static LinkSettings settings(CommandLine.ParseResult parsed) throws IOException {
        String broker = parsed.matchedOptionValue(BROKER, "");
        String root = parsed.matchedOptionValue(ROOT, "");
        if (broker.isEmpty() || root.isEmpty()) {
            JsonNode board = new NodeApi(Target.client(parsed, TIMEOUT)).board();
            broker = broker.isEmpty() ? board.path("link").path("broker").asText() : broker;
            root = root.isEmpty() ? board.path("root").asText() : root;
        }
        BrokerSettings checked = checked(parsed, broker, root);
        String user = checked.user().orElse(null);
        return new LinkSettings(
                caller(parsed, user),
                checked.root(),
                List.of(address(checked.urls().get(0))),
                checked.tls().files(),
                true,
                user,
                checked.password().map(password -> password.reveal()).orElse(null),
                Duration.ofSeconds(30),
                CONNECT,
                CONNECT);
    }

    /** By the rules that a node's settings have, which say in words what is wrong. */
    private static BrokerSettings checked(CommandLine.ParseResult parsed, String broker, String root) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        given.put("broker.url", List.of(broker));
        given.put("broker.root", List.of(root));
        put(given, "broker.user", parsed.matchedOptionValue(USER, ""));
        put(given, "broker.password-file", parsed.matchedOptionValue(PASSWORD, ""));
        put(given, "broker.tls.cert-file", parsed.matchedOptionValue(CERT, ""));
        put(given, "broker.tls.key-file", parsed.matchedOptionValue(KEY, ""));
        Path ca = Target.ca(parsed);
        // The same option names the CA of an https:// node, which a broker without TLS has no use for.
        if (ca != null && (broker.startsWith("mqtts:") || broker.startsWith("wss:"))) {
            given.put("broker.tls.ca-file", List.of(ca.toString()));
        }
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), given);
        if (result instanceof LoadResult.Loaded loaded) {
            return loaded.settings().broker();
        }
        throw new IllegalArgumentException(((LoadResult.Refused) result).message());
    }

    private static void put(Map<String, List<String>> given, String key, String value) {
        if (!value.isEmpty()) {
            given.put(key, List.of(value));
        }
    }

    private static NodeId caller(CommandLine.ParseResult parsed, @Nullable String user) {
        String name = parsed.matchedOptionValue(
                NAME,
                user != null ? user : "cli-" + UUID.randomUUID().toString().substring(0, SHORT));
        if (!NodeId.isValid(name)) {
            throw new IllegalArgumentException(
                    NAME + " is '" + name + "', allowed are 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
        return new NodeId(name);
    }

    private static BrokerAddress address(URI url) {
        return new BrokerAddress(
                url.toString(),
                BrokerSettings.host(url),
                BrokerSettings.port(url),
                BrokerSettings.isTls(url),
                BrokerSettings.webSocketPath(url).orElse(null));
    }
}
