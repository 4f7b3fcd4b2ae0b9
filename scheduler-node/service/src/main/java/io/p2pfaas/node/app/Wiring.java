package io.p2pfaas.node.app;

import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.node.config.AsyncSettings;
import io.p2pfaas.node.config.BrokerSettings;
import io.p2pfaas.node.config.DockerSettings;
import io.p2pfaas.node.config.HttpSettings;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.Secret;
import io.p2pfaas.node.config.SettingsTable;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.http.AsyncSetup;
import io.p2pfaas.node.http.Credentials;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.http.HttpSetup;
import io.p2pfaas.node.http.ManagementSetup;
import io.p2pfaas.node.mqtt.BrokerAddress;
import io.p2pfaas.node.mqtt.CallerSettings;
import io.p2pfaas.node.mqtt.LinkSettings;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.docker.AllowedImages;
import io.p2pfaas.node.runtime.docker.ContainerDefaults;
import io.p2pfaas.node.runtime.docker.ContainerRuntimes;
import io.p2pfaas.node.runtime.docker.HttpParts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Which setting goes to which part: the parts do not know the configuration. */
final class Wiring {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Wiring() {}

    static HttpSetup httpSetup(NodeSettings settings, long automaticBufferedBytes) {
        HttpSettings http = settings.http();
        return new HttpSetup(
                http.address().host(),
                http.address().port(),
                http.maxBodyBytes(),
                http.maxHeaderBytes(),
                http.idleTimeout(),
                http.readTimeout(),
                http.maxBufferedBytes() > 0
                        ? http.maxBufferedBytes()
                        : Math.max(automaticBufferedBytes, http.maxBodyBytes()),
                http.ioThreads(),
                settings.call().timeout());
    }

    static LinkSettings linkSettings(NodeSettings settings) {
        BrokerSettings broker = settings.broker();
        return new LinkSettings(
                settings.id(),
                broker.root(),
                broker.urls().stream().map(Wiring::brokerAddress).toList(),
                broker.tls().files(),
                broker.tls().verifyHost(),
                broker.user().orElse(null),
                broker.password().map(Secret::reveal).orElse(null),
                broker.keepAlive(),
                broker.connectTimeout(),
                broker.reconnectMax());
    }

    private static BrokerAddress brokerAddress(URI url) {
        return new BrokerAddress(
                url.toString(),
                BrokerSettings.host(url),
                BrokerSettings.port(url),
                BrokerSettings.isTls(url),
                BrokerSettings.webSocketPath(url).orElse(null));
    }

    static CallerSettings callerSettings(NodeSettings settings) {
        return new CallerSettings(
                settings.broker().replyTopics(),
                settings.call().timeout(),
                settings.http().maxBodyBytes(),
                settings.call().dedupeWindow(),
                settings.call().replyExpiry(),
                settings.devices().mappings(),
                settings.devices().limit());
    }

    static BrainSettings brainSettings(NodeSettings settings, long session) {
        BrainSettings defaults = BrainSettings.of(
                settings.id(),
                session,
                settings.capacity().slots(),
                settings.capacity().queue());
        return defaults.with(
                settings.call().heartbeat().toNanos(),
                settings.call().acceptTimeout().toNanos(),
                settings.call().bookAboveBytes(),
                settings.call().maxAttempts(),
                settings.call().maxInFlight());
    }

    /** How functions over HTTP are called; slots may change at any time, so the pools take the most that there can be. */
    static HttpLimits httpLimits(NodeSettings settings) {
        return new HttpLimits(
                SettingsTable.MAX_SLOTS,
                Math.toIntExact(settings.http().maxBodyBytes()),
                CONNECT_TIMEOUT,
                HttpLimits.USUAL_IDLE_TIMEOUT);
    }

    static ContainerRuntimes containers(
            NodeSettings settings,
            String owner,
            HttpEntrance entrance,
            Function<FunctionDefinition, Optional<Path>> secrets) {
        DockerSettings docker = settings.docker();
        ContainerDefaults defaults = new ContainerDefaults(
                owner,
                docker.memoryBytes(),
                docker.nanoCpus(),
                docker.pids(),
                docker.tmpfsBytes(),
                docker.maxReplicas(),
                docker.concurrency(),
                docker.pauseAfter(),
                docker.stopAfter(),
                docker.startTimeout());
        return ContainerRuntimes.onDocker(
                docker.host(),
                docker.pull(),
                defaults,
                new HttpParts(entrance.worker(), entrance.buffers(), httpLimits(settings)),
                new AllowedImages(docker.images()),
                secrets,
                docker.keep());
    }

    static ManagementSetup managementSetup(NodeSettings settings) {
        return ManagementSetup.of(
                settings.admin()
                        .map(admin ->
                                new Credentials(admin.user(), admin.password().reveal())),
                settings.admin().isPresent(),
                Version.text());
    }

    static AsyncSetup asyncSetup(NodeSettings settings) {
        AsyncSettings async = settings.async();
        return new AsyncSetup(
                async.queue(),
                async.timeout(),
                async.resultTtl(),
                AsyncSetup.DEFAULT.maxResults(),
                AsyncSetup.DEFAULT.maxResultBytes(),
                async.callbacks().stream().map(URI::toString).toList());
    }
}
