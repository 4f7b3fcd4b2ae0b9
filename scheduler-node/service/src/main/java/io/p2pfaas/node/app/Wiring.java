package io.p2pfaas.node.app;

import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Credentials;
import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.call.Tracing;
import io.p2pfaas.node.config.AccessSettings;
import io.p2pfaas.node.config.AsyncSettings;
import io.p2pfaas.node.config.BrokerSettings;
import io.p2pfaas.node.config.DockerSettings;
import io.p2pfaas.node.config.HttpSettings;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.Secret;
import io.p2pfaas.node.config.SettingsTable;
import io.p2pfaas.node.config.TracingSettings;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.http.AsyncSetup;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.http.HttpSetup;
import io.p2pfaas.node.mqtt.BrokerAddress;
import io.p2pfaas.node.mqtt.CallerSettings;
import io.p2pfaas.node.mqtt.LinkSettings;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.docker.AllowedImages;
import io.p2pfaas.node.runtime.docker.ContainerDefaults;
import io.p2pfaas.node.runtime.docker.ContainerRuntimes;
import io.p2pfaas.node.runtime.docker.HttpParts;
import io.p2pfaas.node.tls.TlsMaterial;
import io.p2pfaas.node.trace.SpanExport;
import io.p2pfaas.node.trace.TraceHeaders;
import io.p2pfaas.node.trace.TraceSetup;
import io.p2pfaas.node.trace.Tracer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Which setting goes to which part: the parts do not know the configuration. */
final class Wiring {
    private static final int SHARE_FOR_BODIES = 4;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Wiring() {}

    static HttpSetup httpSetup(NodeSettings settings, Access access) {
        HttpSettings http = settings.http();
        return new HttpSetup(
                http.address().host(),
                http.address().port(),
                http.maxBodyBytes(),
                http.maxHeaderBytes(),
                http.idleTimeout(),
                http.readTimeout(),
                maxBuffered(http),
                http.ioThreads(),
                settings.call().timeout(),
                access,
                settings.access().limit(),
                tls(settings.access()));
    }

    /** Bodies of HTTP calls may hold so much, and those of MQTT calls as much again. */
    private static long maxBuffered(HttpSettings http) {
        return http.maxBufferedBytes() > 0
                ? http.maxBufferedBytes()
                : Math.max(Runtime.getRuntime().maxMemory() / SHARE_FOR_BODIES, http.maxBodyBytes());
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
                maxBuffered(settings.http()),
                settings.call().dedupeWindow(),
                settings.call().replyExpiry(),
                settings.devices().mappings(),
                settings.devices().limit(),
                settings.devices().fnCallers());
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

    /**
     * Who may do what over HTTP.
     *
     * @throws IllegalStateException if the file of tokens cannot be used any more
     */
    static Access access(AccessSettings settings) {
        Optional<Credentials> credentials = settings.admin()
                .map(admin -> new Credentials(admin.user(), admin.password().reveal()));
        if (settings.tokens().isEmpty()) {
            return Access.of(credentials);
        }
        try {
            return Access.of(credentials, Tokens.watch(settings.tokens().get()));
        } catch (FileProblem broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }

    private static Optional<FileWatch<TlsMaterial>> tls(AccessSettings settings) {
        if (settings.tls().certificate().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TlsMaterial.watch(settings.tls()));
        } catch (FileProblem broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }

    /**
     * Where traces go; empty if they go nowhere.
     *
     * @throws IllegalStateException if the collector's header fields cannot be read any more
     */
    static Optional<TraceSetup> traces(NodeSettings settings) {
        TracingSettings tracing = settings.tracing();
        if (tracing.endpoint().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<FileWatch<TraceHeaders>> headers = tracing.headers().isPresent()
                    ? Optional.of(TraceHeaders.watch(tracing.headers().get()))
                    : Optional.empty();
            return Optional.of(new TraceSetup(
                    tracing.endpoint().get(),
                    headers,
                    tracing.serviceName(),
                    settings.id().value(),
                    Version.text()));
        } catch (FileProblem broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }

    static Tracing tracing(NodeSettings settings, Optional<SpanExport> spans) {
        return spans.isPresent() ? new Tracer(settings.tracing().sample(), spans.get(), System::nanoTime) : Tracing.OFF;
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
