package io.p2pfaas.node.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import io.p2pfaas.node.tls.TlsMaterial;
import io.reactivex.schedulers.Schedulers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our settings as the HiveMQ client has them. */
final class HiveMqConfig {
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final LinkSettings settings;

    HiveMqConfig(LinkSettings settings) {
        this.settings = settings;
    }

    /** A client that does everything on one thread. */
    Mqtt5ClientBuilder client(String clientId, BrokerAddress broker, TlsMaterial material) {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(clientId)
                .transportConfig(transport(broker, material))
                .executorConfig(MqttClientExecutorConfig.builder()
                        .nettyThreads(1)
                        .applicationScheduler(Schedulers.trampoline())
                        .build());
        String user = settings.user();
        if (user == null) {
            return builder;
        }
        String password = settings.password();
        return builder.simpleAuth(Mqtt5SimpleAuth.builder()
                .username(user)
                .password((password == null ? "" : password).getBytes(StandardCharsets.UTF_8))
                .build());
    }

    /** The way to a broker. */
    MqttClientTransportConfig transport(BrokerAddress broker, TlsMaterial material) {
        long timeoutMillis = settings.connectTimeout().toMillis();
        MqttClientTransportConfigBuilder builder = MqttClientTransportConfig.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .socketConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        if (broker.tls()) {
            builder = builder.sslConfig(MqttClientSslConfig.builder()
                    .trustManagerFactory(material.trust().orElse(null))
                    .keyManagerFactory(material.keys().orElse(null))
                    .protocols(TLS_VERSIONS)
                    .handshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                    // Without one, the JDK compares host and certificate during the handshake.
                    .hostnameVerifier(settings.verifyHost() ? null : (host, session) -> true)
                    .build());
        }
        String path = broker.webSocketPath();
        if (path != null) {
            builder = builder.webSocketConfig(MqttWebSocketConfig.builder()
                    .serverPath(path)
                    .handshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                    .build());
        }
        return builder.build();
    }
}
