package io.p2pfaas.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.node.tls.TlsFileException.Role;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in resources/tls were made with openssl 3: one CA, and certificates of it for an EC and an RSA key. */
final class TlsMaterialTest {
    @TempDir
    private Path folder = Path.of(".");

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TlsMaterialTest.class.getResource("/tls/" + name))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TlsFiles own(Path certificate, Path key) {
        return new TlsFiles(Optional.empty(), Optional.of(certificate), Optional.of(key));
    }

    private static TlsFiles ca(Path file) {
        return new TlsFiles(Optional.of(file), Optional.empty(), Optional.empty());
    }

    private static TlsFileException refusal(TlsFiles files) {
        TlsFileException refused = catchThrowableOfType(TlsFileException.class, () -> TlsMaterial.read(files));
        assertThat(refused).as("it was taken").isNotNull();
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec", "rsa"})
    void a_certificate_and_its_key_are_shown_to_brokers(String kind) throws TlsFileException {
        TlsMaterial material = TlsMaterial.read(own(file(kind + ".crt"), file(kind + ".key")));

        var keys = (X509ExtendedKeyManager) material.keys().orElseThrow().getKeyManagers()[0];
        assertThat(keys.getCertificateChain("own")[0].getSubjectX500Principal().getName())
                .isEqualTo("CN=n1");
        assertThat(material.trust()).isEmpty();
    }

    @Test
    void all_certificates_of_a_file_are_trusted_and_what_stands_between_them_is_passed_over()
            throws IOException, TlsFileException {
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(
                bundle,
                "Our own CA:\n" + Files.readString(file("ca.crt")) + "\r\nand another, since 2020 - still in use\n"
                        + Files.readString(file("ec.crt")).replace("\n", "\r\n"));

        TlsMaterial material = TlsMaterial.read(ca(bundle));

        var trust = (X509TrustManager) material.trust().orElseThrow().getTrustManagers()[0];
        assertThat(trust.getAcceptedIssuers()).hasSize(2);
        assertThat(material.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, pkcs1.key, PKCS#1",
        "rsa, pkcs1-encrypted.key, PKCS#1",
        "ec, sec1.key, SEC 1",
        "ec, encrypted.key, encrypted"
    })
    void a_key_in_another_form_is_refused_with_the_command_that_converts_it(String kind, String key, String what) {
        TlsFileException refused = refusal(own(file(kind + ".crt"), file(key)));

        assertThat(refused.role()).isEqualTo(Role.KEY);
        assertThat(refused.reason()).contains(what, "openssl pkcs8 -topk8 -nocrypt -in OLD.key -out NEW.key");
    }

    @ParameterizedTest
    @CsvSource({
        "ec, other-ec.key, it is not the key of the certificate in ",
        "ec, rsa.key, it holds no sound EC key",
        "rsa, ec.key, it holds no sound RSA key",
        "rsa, rsa.crt, it holds no private key"
    })
    void a_key_that_is_not_that_of_the_certificate_is_refused(String kind, String key, String why) {
        TlsFileException refused = refusal(own(file(kind + ".crt"), file(key)));

        assertThat(refused.role()).isEqualTo(Role.KEY);
        assertThat(refused.reason()).contains(why);
    }

    @Test
    void files_without_what_they_should_hold_are_refused() throws IOException {
        Path damaged = folder.resolve("damaged.crt");
        Files.writeString(
                damaged, "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");

        assertThat(refusal(ca(file("ec.key"))).reason()).contains("it holds no certificate");
        assertThat(refusal(ca(damaged)).reason()).isEqualTo("certificate 1 in it is damaged");
        assertThat(refusal(ca(folder.resolve("none"))).reason()).isEqualTo("there is no such file");
        assertThat(refusal(ca(folder))).hasMessageStartingWith(folder + ": cannot be read");
        assertThat(refusal(own(damaged, file("ec.key"))).role()).isEqualTo(Role.CERTIFICATE);
    }
}
