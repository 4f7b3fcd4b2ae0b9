package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.OptionalInt;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectFailureTest {
    private final ConnectFailure failures = new ConnectFailure(true);

    private String reason(Throwable cause) {
        return failures.reason(new IllegalStateException("wrapped", cause), OptionalInt.empty());
    }

    private static SSLHandshakeException handshake(Throwable cause) {
        SSLHandshakeException failed = new SSLHandshakeException("PKIX path building failed");
        failed.initCause(cause);
        return failed;
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_ca, does not know the CA of this node's certificate",
        "certificate_expired, this node's certificate has expired",
        "certificate_revoked, this node's certificate is revoked",
        "bad_certificate, does not take this node's certificate",
        "certificate_required, wants a certificate of another CA",
        "handshake_failure, no cipher that both know",
        "protocol_version, TLS 1.2 and 1.3 are spoken",
        "internal_error, ends the TLS handshake: internal_error"
    })
    void what_the_broker_says_in_tls_is_put_in_words(String alert, String words) {
        assertThat(reason(new SSLHandshakeException("Received fatal alert: " + alert)))
                .contains(words);
    }

    @Test
    void a_node_without_certificate_is_told_that_one_is_wanted() {
        assertThat(new ConnectFailure(false)
                        .reason(
                                new SSLHandshakeException("Received fatal alert: certificate_required"),
                                OptionalInt.empty()))
                .startsWith("the broker wants a certificate (broker.tls.cert-file)");
    }

    @Test
    void what_is_wrong_with_the_brokers_certificate_is_told() {
        assertThat(reason(handshake(new CertPathBuilderException("unable to find valid certification path"))))
                .isEqualTo("the broker's certificate is from an unknown CA (broker.tls.ca-file)");
        assertThat(reason(handshake(new CertificateExpiredException("NotAfter: ..."))))
                .isEqualTo("the broker's certificate has expired");
        assertThat(reason(handshake(
                        new CertificateException("No subject alternative names matching IP address 127.0.0.2 found"))))
                .isEqualTo("the broker's certificate is for another host: No subject alternative names matching IP"
                        + " address 127.0.0.2 found");
        assertThat(reason(handshake(new CertificateException("No name matching broker found"))))
                .startsWith("the broker's certificate is for another host");
    }

    @Test
    void a_broker_that_is_not_there_is_told_from_one_that_does_not_answer() {
        assertThat(reason(new ConnectException("Connection refused: /127.0.0.1:1883")))
                .isEqualTo("connection refused: nothing listens there");
        assertThat(reason(new ConnectException("connection timed out after 100 ms")))
                .isEqualTo("it does not answer in time (broker.connect-timeout)");
        assertThat(reason(new UnknownHostException("nowhere"))).isEqualTo("its host name is unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "0x86, wrong user or password",
        "0x87, not authorised",
        "0x84, does not speak MQTT 5",
        "0x97, MQTT reason 0x97"
    })
    void what_the_broker_says_in_mqtt_is_put_in_words(String code, String words) {
        assertThat(failures.reason(new IllegalStateException(), OptionalInt.of(Integer.decode(code))))
                .contains(words);
    }

    @Test
    void what_is_not_known_is_told_as_it_is() {
        assertThat(reason(new IllegalStateException("the innermost"))).isEqualTo("the innermost");
        assertThat(reason(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void a_reason_is_told_once_for_each_broker_until_it_was_connected() {
        BrokerAddress one = new BrokerAddress("mqtt://a:1", "a", 1, false, null);
        BrokerAddress other = new BrokerAddress("mqtt://b:1", "b", 1, false, null);
        ToldOnce told = new ToldOnce();

        assertThat(told.isNew(one, "x")).isTrue();
        assertThat(told.isNew(one, "x")).isFalse();
        assertThat(told.isNew(one, "y")).isTrue();
        assertThat(told.isNew(other, "x")).isTrue();
        told.forget(one);
        assertThat(told.isNew(one, "x")).isTrue();
        assertThat(told.isNew(other, "x")).isFalse();
    }
}
