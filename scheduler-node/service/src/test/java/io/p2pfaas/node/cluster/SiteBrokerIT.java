package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the shipped configurations let in, the commands that write their files, and what survives a kill. */
final class SiteBrokerIT {
    private static final String TOPIC = "p2pfaas/v1/config/node";

    private static SiteBroker site;
    private static Path strangers;

    @BeforeAll
    static void start() {
        SiteBroker.needToolsOrSkip();
        Path certificates = SiteBroker.certificates("n1", "n2", "spare", "lost");
        SiteBroker.makeCerts(certificates, "revoke", "lost");
        Tool.Ran expired = Tool.run(
                Map.of("NOT_AFTER", "20240101000000Z"),
                List.of(SiteBroker.command("make-certs"), certificates.toString(), "client", "old"));
        assertThat(expired.exit()).as(expired.said()).isZero();
        strangers = SiteBroker.certificates("n1");
        site = SiteBroker.start(
                certificates,
                List.of("ops"),
                "",
                "--node=n1",
                "--node=n2",
                "--node=spare",
                "--node=lost",
                "--node=old",
                "--device=cam7",
                "--admin=ops");
    }

    @AfterAll
    static void stop() {
        if (strangers != null) {
            SiteBroker.delete(strangers);
        }
        if (site != null) {
            site.close();
        }
    }

    private static Tool.Ran publish(Path certificates, String name) {
        return site.withCertificate(
                "mosquitto_pub",
                certificates,
                name,
                "-V",
                "5",
                "-q",
                "1",
                "-t",
                "p2pfaas/v1/spill/_nobody/" + name,
                "-n");
    }

    @Test
    void a_certificate_of_the_authority_is_let_in() {
        Tool.Ran ran = publish(site.file("."), "n1");
        assertThat(ran.exit()).as(ran.said()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "old"})
    void a_revoked_and_an_expired_certificate_are_refused(String name) {
        Tool.Ran ran = publish(site.file("."), name);
        assertThat(ran.exit()).isNotZero();
        // With TLS 1.3 the client may hear of it before or after it has sent its CONNECT.
        assertThat(ran.said()).containsAnyOf("The connection was lost", "Protocol error");
    }

    @Test
    void a_certificate_of_another_authority_is_refused() {
        assertThat(publish(strangers, "n1").exit()).isNotZero();
    }

    @Test
    void nobody_comes_to_the_certificates_listener_without_one() {
        Tool.Ran ran = anonymous(site.certificatePort(), "-u", "ops", "-P", SiteBroker.PASSWORD);
        assertThat(ran.exit()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"mqttv5, 135", "mqttv311, 5"})
    void nobody_comes_without_a_name_or_with_a_wrong_password_or_as_a_node(String version, String code) {
        int port = site.passwordPort();
        assertThat(anonymous(port, "-V", version, "-d").said()).contains("CONNACK (" + code + ")");
        assertThat(anonymous(port, "-V", version, "-d", "-u", "ops", "-P", "wrong")
                        .said())
                .contains("CONNACK (" + code + ")");
        assertThat(anonymous(port, "-V", version, "-d", "-u", "n1", "-P", "").said())
                .contains("CONNACK (" + code + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "lost, the broker says: this node's certificate is revoked",
        "old, the broker says: this node's certificate has expired",
        "n1, the broker does not know the CA of this node's certificate (broker.tls.cert-file)",
    })
    void a_node_that_is_not_let_in_says_why(String id, String why) {
        Path certificates = id.equals("n1") ? strangers : site.file(".");
        try (LinkLog log = new LinkLog();
                Cluster cluster = Cluster.startOnly(0, Flags.forBroker(0))) {
            cluster.add(Flags.forSite(site, id, certificates).with("functions", "echo=builtin:echo"));
            log.await(why);
            cluster.awaitLinks(false);
        }
    }

    @Test
    void a_certificate_that_is_revoked_while_its_node_is_connected_ends_with_the_connection() {
        try (LinkLog log = new LinkLog();
                Cluster cluster = Cluster.startOnly(0, Flags.forBroker(0))) {
            cluster.add(Flags.forSite(site, "n2").with("functions", "echo=builtin:echo"));
            cluster.awaitLinks();
            SiteBroker.makeCerts(site.file("."), "revoke", "n2");
            // As n2 it would take the node's connection over.
            SiteBroker.makeCerts(site.file("."), "revoke", "spare");
            assertThat(publish(site.file("."), "spare").exit())
                    .as("nobody has told the broker")
                    .isZero();

            site.reload();
            Await.until(
                    "a new connection is refused",
                    () -> publish(site.file("."), "spare").exit() != 0);
            assertThat(log.count("is revoked")).as("the node's is still there").isZero();
            cluster.awaitLinks();
            site.restart();

            log.await("the broker says: this node's certificate is revoked");
            cluster.awaitLinks(false);
        }
        assertThat(publish(site.file("."), "n1").exit()).isZero();
    }

    private static Tool.Ran anonymous(int port, String... more) {
        return Tool.run(
                Map.of(),
                Tool.command(
                        List.of(
                                "mosquitto_pub",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "--cafile",
                                site.file("ca.crt").toString(),
                                "-q",
                                "1",
                                "-t",
                                TOPIC,
                                "-n"),
                        more));
    }

    @Test
    void the_laptops_broker_that_asks_for_no_name_cannot_be_reached_from_elsewhere() throws IOException {
        try (MosquittoProcess laptop = MosquittoProcess.start()) {
            for (InetAddress address : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList()) {
                assertThat(isReachable(address, laptop.port()))
                        .as("%s", address)
                        .isFalse();
            }
            assertThat(isReachable(InetAddress.getLoopbackAddress(), laptop.port()))
                    .isTrue();
        }
    }

    private static boolean isReachable(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException ignored) {
            // That is the answer.
            return false;
        }
    }

    /** The broker puts a new store in the place of the old one when it is whole. */
    private static boolean has(Path store, String text) {
        try {
            return Files.exists(store)
                    && Files.readString(store, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto with persistence",
            promise = "what is retained is there again")
    @Test
    void what_is_retained_survives_a_kill_once_it_is_written() throws IOException {
        site.withPassword("mosquitto_pub", "ops", "-q", "1", "-r", "-t", TOPIC, "-m", "{}");
        Path store = site.file("store").resolve("mosquitto.db");
        site.save();
        // There may be a store from before, written by the broker itself in its time.
        Await.until("the store has the message", () -> has(store, TOPIC));
        site.restart();

        Tool.Ran ran = site.withPassword("mosquitto_sub", "ops", "-C", "1", "-W", "5", "-t", TOPIC);
        assertThat(ran.said()).isEqualTo("{}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "make-acl    | --device=cam/7          | name 'cam/7': allowed are",
                "make-acl    | --device=+              | name '+': allowed are",
                "make-acl    | --device=#              | name '#': allowed are",
                "make-acl    | --device=               | name '': allowed are",
                "make-acl    | --node=n1 --device=n1   | name 'n1' is given twice",
                "make-acl    | --node=n1 --root=a/#    | root 'a/#': allowed are",
                "make-acl    | --node=n1 --node-reads=# | filter '#': allowed is",
                "make-acl    | --node=n1 --bridge=b    | --bridge and --far-node go together",
                "make-acl    | --root=a                | nobody is named",
                "make-bridge | a1 -- a1                | name 'a1' is given twice",
                "make-bridge | a1 a2                   | both sites need a node",
                "make-bridge | a/+ -- b1               | name 'a/+': allowed are",
            })
    void wrong_names_are_named(String command, String arguments, String problem) {
        Tool.Ran ran = SiteBroker.shippedCommand(command, arguments.split(" +"));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.said()).contains(problem);
    }

    @Test
    void certificates_are_not_overwritten_and_keys_are_the_owners_only() throws IOException {
        Path folder = SiteBroker.certificates("n1");
        try {
            byte[] key = Files.readAllBytes(folder.resolve("n1.key"));
            for (List<String> again : List.of(List.of("ca"), List.of("server", "localhost"), List.of("client", "n1"))) {
                Tool.Ran ran = Tool.run(
                        Map.of(),
                        Tool.command(
                                List.of(SiteBroker.command("make-certs"), folder.toString()),
                                again.toArray(String[]::new)));
                assertThat(ran.exit()).isEqualTo(2);
                assertThat(ran.said()).contains("exists; nothing is overwritten");
            }
            assertThat(Files.readAllBytes(folder.resolve("n1.key"))).isEqualTo(key);
            assertThat(Files.getPosixFilePermissions(folder.resolve("n1.key"))).hasSize(2);
            assertThat(Files.getPosixFilePermissions(folder.resolve("ca.key"))).hasSize(2);
        } finally {
            SiteBroker.delete(folder);
        }
    }

    @Test
    void the_shipped_bridge_has_the_topics_that_make_bridge_writes() throws IOException {
        Tool.Ran ran = SiteBroker.shippedCommand("make-bridge", "a1", "a2", "--", "b1", "b2");
        assertThat(Files.readString(Path.of(SiteBroker.command("bridge.conf")))).contains(ran.said());
        assertThat(ran.said().lines().map(line -> line.split(" ", -1)[1])).doesNotHaveDuplicates();
    }
}
