package io.p2pfaas.node.app;

import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.node.config.BrokerSettings;
import io.p2pfaas.node.config.HttpSettings;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.Secret;
import io.p2pfaas.node.http.HttpSetup;
import io.p2pfaas.node.mqtt.LinkSettings;
import io.p2pfaas.node.mqtt.LinkWiring;

/** Which setting goes to which part: the parts do not know the configuration. */
final class Wiring {
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
                broker.host(),
                broker.port(),
                broker.user().orElse(null),
                broker.password().map(Secret::reveal).orElse(null),
                broker.keepAlive(),
                broker.connectTimeout(),
                broker.reconnectMax());
    }

    static LinkWiring.CallerSettings callerSettings(NodeSettings settings) {
        return new LinkWiring.CallerSettings(
                settings.broker().replyTopics(),
                settings.call().timeout(),
                settings.http().maxBodyBytes(),
                settings.call().dedupeWindow());
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
}
