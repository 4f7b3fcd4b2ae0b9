package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several brokers, and keys and certificates: what goes together. */
final class BrokerReaderTest {
    private static final String TLS = Loading.tlsFolder();

    @TempDir
    private Path folder = Path.of(".");

    private static List<String> urls(LoadResult result) {
        return Loading.settings(result).broker().urls().stream()
                .map(URI::toString)
                .toList();
    }

    private static String problem(Map<String, List<String>> flags) {
        return Loading.problem(Loading.flags(flags));
    }

    @Test
    void several_brokers_are_a_list_in_the_file_in_both_forms_and_have_commas_in_the_environment() throws IOException {
        List<String> two = List.of("mqtt://a:1883", "mqtt://b:1883");

        assertThat(urls(Loading.flag("broker.url", "mqtt://a", "mqtt://b"))).isEqualTo(two);
        assertThat(urls(Loading.environment(Map.of("P2PFAAS_BROKER", "mqtt://a, mqtt://b"))))
                .isEqualTo(two);
        assertThat(urls(Loading.file(folder, "broker: {url: ['mqtt://a', 'mqtt://b']}")))
                .isEqualTo(two);
        assertThat(urls(Loading.file(folder, "broker: ['mqtt://a', 'mqtt://b']")))
                .isEqualTo(two);
        assertThat(urls(Loading.file(folder, "broker: mqtt://a"))).containsExactly("mqtt://a:1883");
    }

    @Test
    void one_broker_twice_is_refused() {
        assertThat(Loading.problem(Loading.flag("broker.url", "mqtt://a", "mqtt://a:1883")))
                .contains("broker.url", "given a second time");
    }

    @Test
    void settings_for_tls_without_a_broker_with_tls_are_refused_whatever_their_source() throws IOException {
        assertThat(Loading.problem(Loading.flag("broker.tls.verify-host", "true")))
                .contains("broker.tls.verify-host", "contradicts broker.url: no mqtts:// or wss:// address is there");
        assertThat(Loading.problem(Loading.file(
                        folder,
                        "broker: {url: 'mqtts://a', tls: {ca-file: " + TLS + "ca.crt}}",
                        Map.of(),
                        Map.of("broker.url", List.of("mqtt://a", "ws://b")))))
                .contains("broker.tls.ca-file", "contradicts broker.url");
        Loading.settings(Loading.flags(
                Map.of("broker.url", List.of("mqtt://a", "wss://b"), "broker.tls.ca-file", List.of(TLS + "ca.crt"))));
    }

    @Test
    void a_certificate_without_key_and_a_key_without_certificate_are_refused() {
        assertThat(problem(Map.of("broker.url", List.of("mqtts://a"), "broker.tls.cert-file", List.of(TLS + "ec.crt"))))
                .contains("broker.tls.cert-file", "it is of no use without broker.tls.key-file");
        assertThat(problem(Map.of("broker.url", List.of("mqtts://a"), "broker.tls.key-file", List.of(TLS + "ec.key"))))
                .contains("broker.tls.key-file", "it is of no use without broker.tls.cert-file");
    }

    @Test
    void a_file_that_cannot_be_used_stops_the_start_with_its_setting_and_what_is_wrong() {
        assertThat(problem(Map.of("broker.url", List.of("mqtts://a"), "broker.tls.ca-file", List.of(TLS + "none"))))
                .startsWith("broker.tls.ca-file (flag --broker-tls-ca-file)")
                .contains(TLS + "none", "there is no such file");
        assertThat(problem(Map.of(
                        "broker.url",
                        List.of("mqtts://a"),
                        "broker.tls.cert-file",
                        List.of(TLS + "rsa.crt"),
                        "broker.tls.key-file",
                        List.of(TLS + "pkcs1.key"))))
                .startsWith("broker.tls.key-file (")
                .contains("PKCS#1", "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void who_does_not_verify_hosts_is_warned() {
        LoadResult result =
                Loading.flags(Map.of("broker.url", List.of("mqtts://a"), "broker.tls.verify-host", List.of("false")));

        assertThat(result.warnings())
                .containsExactly(
                        "broker.tls.verify-host is false: whoever has any certificate of the CA can pose as the"
                                + " broker");
    }
}
