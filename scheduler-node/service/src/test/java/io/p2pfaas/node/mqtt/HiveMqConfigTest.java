package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HiveMqConfigTest {
    private static final BrokerAddress PLAIN = TestLinks.broker("plain.example");
    private static final BrokerAddress SECURE =
            new BrokerAddress("mqtts://secure.example:8883", "secure.example", 8883, true, null);
    private static final BrokerAddress WEB =
            new BrokerAddress("wss://web.example/mqtt", "web.example", 443, true, "/mqtt");

    private static TlsMaterial noFiles() {
        try {
            return TlsMaterial.watch(TlsFiles.NONE).content();
        } catch (FileProblem impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static MqttClientTransportConfig transport(BrokerAddress broker, boolean verifyHost) {
        LinkSettings settings = TestLinks.settings(List.of("a"), verifyHost, null, null);
        return new HiveMqConfig(settings).transport(broker, noFiles());
    }

    @Test
    void a_plain_address_is_reached_without_tls_and_in_time() {
        MqttClientTransportConfig transport = transport(PLAIN, true);

        assertThat(transport.getServerAddress().getHostString()).isEqualTo("plain.example");
        assertThat(transport.getServerAddress().getPort()).isEqualTo(1883);
        assertThat(transport.getSslConfig()).isEmpty();
        assertThat(transport.getWebSocketConfig()).isEmpty();
        int timeoutMillis = (int) TestLinks.CONNECT_TIMEOUT.toMillis();
        assertThat(transport.getSocketConnectTimeoutMs()).isEqualTo(timeoutMillis);
        assertThat(transport.getMqttConnectTimeoutMs()).isEqualTo(timeoutMillis);
    }

    @Test
    void tls_is_new_and_the_jdk_compares_the_host() {
        MqttClientSslConfig tls = transport(SECURE, true).getSslConfig().orElseThrow();

        assertThat(tls.getProtocols()).contains(List.of("TLSv1.3", "TLSv1.2"));
        assertThat(tls.getHostnameVerifier()).isEmpty();
        assertThat(tls.getHandshakeTimeoutMs()).isEqualTo(TestLinks.CONNECT_TIMEOUT.toMillis());
    }

    @Test
    void the_host_is_not_compared_if_the_settings_say_so() {
        assertThat(transport(SECURE, false).getSslConfig().orElseThrow().getHostnameVerifier())
                .isPresent();
    }

    @Test
    void a_path_makes_it_a_websocket() {
        assertThat(transport(WEB, true).getWebSocketConfig().map(MqttWebSocketConfig::getServerPath))
                .contains("mqtt");
    }

    @Test
    void a_user_comes_with_a_password_and_one_without_comes_with_an_empty_one() {
        assertThat(client(null, null).getConfig().getSimpleAuth()).isEmpty();
        assertThat(password("secret")).isEqualTo("secret");
        assertThat(password(null)).isEmpty();
    }

    private static String password(@Nullable String password) {
        return client("ops", password)
                .getConfig()
                .getSimpleAuth()
                .orElseThrow()
                .getPassword()
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                .orElseThrow();
    }

    private static Mqtt5Client client(@Nullable String user, @Nullable String password) {
        LinkSettings settings = TestLinks.settings(List.of("a"), true, user, password);
        return new HiveMqConfig(settings).client("p2pfaas/n1", PLAIN, noFiles()).build();
    }
}
