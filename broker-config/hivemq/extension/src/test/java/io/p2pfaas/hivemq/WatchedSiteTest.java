package io.p2pfaas.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With certificates that make-certs wrote: n1's, and one that is in the list. */
final class WatchedSiteTest {
    private static final String ACL = "{\"defaultACLAccess\":"
            + "{\"publishClientSend\":false,\"publishClientReceive\":false,\"subscribe\":false,\"unsubscribe\":true},"
            + "\"clients\":[{\"username\":\"cam7\",\"roles\":[]}],\"roles\":[]}";

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("acl.json"), ACL);
        Files.writeString(folder.resolve("passwords"), "");
        Files.write(folder.resolve("ca.crt"), resource("ca.crt"));
        Files.write(folder.resolve("crl.pem"), resource("crl.pem"));
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = WatchedSiteTest.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return stream.readAllBytes();
        }
    }

    private static X509Certificate certificate(String name) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(WatchedSiteTest.class.getResourceAsStream(name));
    }

    @Test
    void a_changed_file_counts_at_once() throws IOException {
        WatchedSite watched = new WatchedSite(folder);
        assertThat(watched.current().rightsOf("cam8")).isEmpty();

        Files.writeString(
                folder.resolve("acl.json"), ACL.replace("\"roles\":[]}]", "\"roles\":[]},{\"username\":\"cam8\"}]"));
        assertThat(watched.current().rightsOf("cam8")).contains(List.of());
    }

    @Test
    void a_broken_or_missing_file_changes_nothing() throws IOException {
        WatchedSite watched = new WatchedSite(folder);
        Files.writeString(folder.resolve("acl.json"), "half of it");
        assertThat(watched.current().rightsOf("cam7")).isPresent();
        Files.delete(folder.resolve("acl.json"));
        assertThat(watched.current().rightsOf("cam7")).isPresent();
        assertThat(watched.current().rightsOf("cam8")).isEmpty();
    }

    @Test
    void a_missing_file_is_named_at_the_start() throws IOException {
        Files.delete(folder.resolve("crl.pem"));
        assertThatIOException().isThrownBy(() -> new WatchedSite(folder)).withMessageContaining("crl.pem");
    }

    @Test
    void another_authoritys_list_is_refused() throws IOException {
        Files.write(folder.resolve("crl.pem"), resource("foreign-crl.pem"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WatchedSite(folder))
                .withMessageContaining("crl.pem is no revocation list");
    }

    @Test
    void a_certificate_of_the_list_is_revoked_and_another_is_not() throws Exception {
        Site site = new WatchedSite(folder).current();
        assertThat(site.isRevoked(certificate("revoked.crt"), NOW)).isTrue();
        assertThat(site.isRevoked(certificate("n1.crt"), NOW)).isFalse();
    }

    @Test
    void of_an_outdated_list_no_certificate_is_let_in() throws Exception {
        Site site = new WatchedSite(folder).current();
        Instant later = NOW.plus(20 * 365, ChronoUnit.DAYS);
        assertThat(site.isOutdated(NOW)).isFalse();
        assertThat(site.isOutdated(later)).isTrue();
        assertThat(site.isRevoked(certificate("n1.crt"), later)).isTrue();
    }

    @Test
    void a_certificate_names_its_owner() throws Exception {
        assertThat(Certificates.commonName(certificate("n1.crt"))).contains("n1");
    }

    @Test
    void without_a_password_nobody_is_who_he_says() throws IOException {
        Site site = new WatchedSite(folder).current();
        assertThat(site.isPassword("cam7", Optional.empty())).isFalse();
        assertThat(site.isPassword("cam7", Optional.of("x".getBytes(UTF_8)))).isFalse();
    }
}
