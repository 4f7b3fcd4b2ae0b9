package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on a Mosquitto that takes only clients with a certificate, and gives rights by the name in it. */
final class TlsLinkIT {
    private static final String LOST = "cannot be used: ";

    @TempDir
    private Path folder = Path.of(".");

    private final LinkLog log = new LinkLog();
    private TestCa ca;
    private @Nullable MosquittoProcess started;

    @BeforeEach
    void startBroker() throws IOException {
        ca = TestCa.createOrSkip(folder, "our CA");
        ca.issueServer();
        ca.issue("n1", "n1");
        ca.issue("n2", "n2");
        Files.writeString(
                folder.resolve("acl"),
                "user n1\ntopic readwrite #\nuser n2\ntopic readwrite #\nuser n1b\ntopic readwrite #\n");
    }

    @AfterEach
    void stopBroker() {
        log.close();
        if (started != null) {
            started.close();
        }
    }

    private void start(String... more) {
        started = MosquittoProcess.startOrSkip(port -> "user root\nlistener " + port + " 127.0.0.1\n"
                + "cafile " + ca.file("ca.crt") + "\ncertfile " + ca.file("server.crt") + "\nkeyfile "
                + ca.file("server.key") + "\nrequire_certificate true\nuse_identity_as_username true\n"
                + "acl_file " + folder.resolve("acl") + "\nlog_dest file " + folder.resolve("broker.log")
                + "\nlog_dest stderr\nset_tcp_nodelay true\n" + String.join("\n", more) + "\n");
    }

    private MosquittoProcess broker() {
        return Objects.requireNonNull(started, "the test begins with start()");
    }

    private Flags flags(String host) {
        return Flags.forBroker(broker().port())
                .with("broker.url", "mqtts://" + host + ":" + broker().port())
                .with("broker.tls.ca-file", ca.file("ca.crt").toString())
                .with("functions", "echo=builtin:echo");
    }

    private Flags flags() {
        return flags("127.0.0.1");
    }

    private Flags withCertificate(Flags flags, String file) {
        return flags.with("broker.tls.cert-file", ca.file(file + ".crt").toString())
                .with("broker.tls.key-file", ca.file(file + ".key").toString());
    }

    private String brokerLog() {
        try {
            return Files.readString(folder.resolve("broker.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node with these flags stays alone and runs its calls, and the log says why, once. */
    private void assertRefused(Flags flags, String why) {
        try (Cluster cluster = Cluster.startOnly(1, flags)) {
            log.await(LOST + why);
            Reply reply = Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {1}));

            assertThat(reply.status()).isEqualTo(200);
            cluster.awaitLinks(false);
            // Tries come at least every 200 ms.
            String tried = "New connection from 127.0.0.1";
            long before =
                    brokerLog().lines().filter(line -> line.contains(tried)).count();
            Await.until(
                    "it goes on trying",
                    () -> brokerLog()
                                    .lines()
                                    .filter(line -> line.contains(tried))
                                    .count()
                            > before + 3);
            assertThat(log.lines()).filteredOn(line -> line.contains(LOST)).hasSize(1);
        }
    }

    @Test
    void nodes_with_certificates_meet_and_have_the_rights_of_their_names() {
        start();
        try (Cluster cluster = Cluster.startOnly(0, flags())) {
            cluster.add(withCertificate(flags(), "n1").with("id", "n1"));
            cluster.add(withCertificate(flags(), "n2").with("id", "n2"));
            cluster.awaitComplete();

            assertThat(cluster.node(1).status()).contains("\"broker\":\"mqtts://127.0.0.1:" + broker().port() + "\"");
            assertThat(brokerLog()).contains("as p2pfaas/n1 (p5", "u'n1')", "u'n2')");
        }
    }

    @Test
    void a_node_that_trusts_another_ca_does_not_talk_to_the_broker() {
        start();
        TestCa other = TestCa.createOrSkip(folder, "other CA");

        assertRefused(
                withCertificate(flags(), "n1")
                        .with("broker.tls.ca-file", other.file("ca.crt").toString()),
                "the broker's certificate is from an unknown CA (broker.tls.ca-file)");
    }

    @Test
    void a_certificate_of_another_ca_is_refused() {
        start();
        TestCa other = TestCa.createOrSkip(folder, "other CA");
        other.issue("n1", "n1");

        assertRefused(
                flags().with("broker.tls.cert-file", other.file("n1.crt").toString())
                        .with("broker.tls.key-file", other.file("n1.key").toString()),
                "the broker does not know the CA of this node's certificate (broker.tls.cert-file)");
    }

    @Test
    void an_expired_certificate_is_refused() {
        start();
        ca.issueExpired("old", "n1");

        assertRefused(withCertificate(flags(), "old"), "the broker says: this node's certificate has expired");
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "a revoked certificate of a node",
            promise = "the broker refuses the node, and the log says why")
    @Test
    void a_revoked_certificate_is_refused() {
        ca.revoke("n1");
        start("crlfile " + ca.file("revoked.pem"));

        assertRefused(withCertificate(flags(), "n1"), "the broker says: this node's certificate is revoked");
    }

    @Test
    void a_node_without_certificate_is_told_that_one_is_wanted() {
        start();

        assertRefused(flags(), "the broker wants a certificate (broker.tls.cert-file)");
    }

    @Test
    void a_certificate_for_another_host_is_refused_unless_that_is_switched_off() {
        start();
        Flags elsewhere = withCertificate(flags("localhost"), "n1");

        assertRefused(elsewhere, "the broker's certificate is for another host");
        try (Cluster cluster = Cluster.startOnly(1, elsewhere.with("broker.tls.verify-host", "false"))) {
            cluster.awaitLinks();
        }
    }

    @Test
    void a_renewed_certificate_is_used_without_a_restart() {
        ca.issue("renewed", "n1b");
        start();
        try (Cluster cluster = Cluster.startOnly(1, withCertificate(flags(), "n1"))) {
            cluster.awaitLinks();
            assertThat(brokerLog()).doesNotContain("u'n1b')");

            ca.replace("n1", "renewed");

            Await.until(
                    () -> "the broker sees the new one: " + log.lines(),
                    () -> brokerLog().contains("u'n1b')"));
            cluster.awaitLinks();
        }
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "a certificate file is replaced by rubbish",
            promise = "the old one stays in use")
    @Test
    void a_broken_certificate_leaves_the_old_one_in_use() throws IOException {
        start();
        try (Cluster cluster = Cluster.startOnly(1, withCertificate(flags(), "n1"))) {
            cluster.awaitLinks();
            Files.writeString(ca.file("n1.crt"), "half a file");
            log.await("it holds no certificate");

            broker().restart();
            Await.until("the link is up again", () -> brokerLog().split("as p2pfaas/n1", -1).length > 2);
            cluster.awaitLinks();
            assertThat(log.count("it holds no certificate")).isEqualTo(1);
        }
    }
}
