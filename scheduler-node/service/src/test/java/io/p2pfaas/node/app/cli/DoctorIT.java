package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that operators make, planted one by one with real nodes and a real broker; {@code doctor} names each and its fix. */
final class DoctorIT {
    private static final String SOUND = "allow_anonymous true\nset_tcp_nodelay true\n";

    @TempDir
    private Path folder = Path.of(".");

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private static IntFunction<String> listener(String rest) {
        return port -> "listener " + port + " 127.0.0.1\n" + rest;
    }

    private static Said doctor(String url, String... more) {
        return Said.by(Tool.command(List.of("doctor", "-u", url), more).toArray(String[]::new));
    }

    private static void assertFound(Said said, String id, String fix) {
        assertThat(said.out()).contains("problem " + id + ":");
        assertThat(said.out().substring(said.out().indexOf("problem " + id + ":")))
                .contains("fix: ")
                .contains(fix);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void a_sound_cluster_has_no_problem() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND))) {
            Node one = nodes.start("n1", broker.port());
            Node two = nodes.start("n2", broker.port());
            Nodes.awaitLink(one);
            Nodes.awaitLink(two);
            Nodes.await("they know each other", () -> one.status().contains("\"n2\""));

            Said said = doctor(one.url(), "-o", "json");

            // How much heap and how many open files this JVM may have is not the cluster's business.
            assertThat(said.out().replaceAll("\\{\"id\":\"(heap|open-files)\"[^}]*},?", ""))
                    .as(said.err())
                    .isEqualToIgnoringWhitespace("[]");
        }
    }

    @Test
    void no_node_and_the_wrong_scheme() throws IOException {
        assertFound(doctor("http://127.0.0.1:1"), "node-unreachable", "start it there");
        assertFound(doctor("http://no-such-host.invalid:1"), "node-dns", "--url");
        Node node = nodes.start("n1", 1);
        assertFound(doctor(node.url().replace("http:", "https:")), "wrong-scheme", "--url " + node.url());

        SiteBroker.needToolsOrSkip();
        Path certificates = SiteBroker.certificates("n2");
        SiteBroker.makeCerts(certificates, "https", "n2", "127.0.0.1");
        Node secured = nodes.start(
                "n2",
                1,
                "http.tls.cert-file",
                certificates.resolve("n2-https.crt").toString(),
                "http.tls.key-file",
                certificates.resolve("n2-https.key").toString());
        assertFound(doctor(secured.url().replace("https:", "http:")), "wrong-scheme", "--url " + secured.url());
        assertFound(doctor(secured.url()), "node-certificate", "--ca-file");
    }

    @Test
    void a_token_that_is_missing_or_of_the_wrong_role() throws IOException {
        Path tokens = folder.resolve("tokens");
        String callers = "inv0123456789abcdef0123456789abcdef";
        Files.writeString(
                tokens, "admin sha256:" + "0".repeat(64) + " ops\ninvoke sha256:" + sha256(callers) + " shop\n");
        Node node = nodes.start("n1", 1, "http.tokens-file", tokens.toString());

        assertFound(doctor(node.url()), "token-missing", "P2PFAAS_TOKEN");
        assertFound(doctor(node.url(), "--token", callers), "token-role", "role admin");
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://127.0.0.1:1, broker-refused, start the broker",
        "mqtt://no-such-host.invalid:1883, broker-dns, /etc/hosts",
    })
    void a_broker_that_is_not_there(String broker, String id, String fix) {
        Node node = nodes.start("n1", 1, "broker.url", broker);
        assertFound(doctor(node.url()), id, fix);
    }

    @Test
    void a_broker_that_wants_a_password_or_no_tls() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener("allow_anonymous false\n"))) {
            Node node = nodes.start("n1", broker.port());
            Node secured = nodes.start("n2", broker.port(), "broker.url", "mqtts://127.0.0.1:" + broker.port());
            Nodes.await("it was refused", () -> node.status().contains("not authorised"));
            Nodes.await("it has tried", () -> !secured.status().contains("\"linkFailure\":\"\""));

            assertFound(doctor(node.url()), "broker-login", "broker.password-file");
            assertFound(doctor(secured.url()), "broker-tls", "mqtt://");
        }
    }

    @Test
    void somebody_who_subscribes_to_everything() throws IOException {
        Tool.needOrSkip("mosquitto_sub");
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND))) {
            Node node = nodes.start("n1", broker.port());
            Nodes.awaitLink(node);
            Process all = new ProcessBuilder("mosquitto_sub", "-p", Integer.toString(broker.port()), "-t", "#")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                Nodes.await(
                        "another policy decides: " + node.status(),
                        () -> node.status().contains("\"scheduler\":\"LeastLoadedSpill"));
                assertFound(doctor(node.url()), "broker-no-nobody", "subscribes to #");
            } finally {
                all.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void nagles_algorithm_at_the_broker() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener("allow_anonymous true\n"))) {
            Node node = nodes.start("n1", broker.port());
            Nodes.awaitLink(node);
            assertFound(doctor(node.url()), "broker-nodelay", "set_tcp_nodelay true");
        }
    }

    @Test
    void a_packet_limit_below_that_of_the_node() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND + "max_packet_size 100000\n"))) {
            Node node = nodes.start("n1", broker.port());
            Nodes.awaitLink(node);
            assertFound(doctor(node.url()), "broker-packet", "max_packet_size");
        }
    }

    @Test
    void a_clock_that_is_wrong() {
        Node node = nodes.start("n1", 1);
        NodeClient client = new NodeClient(node.url(), Duration.ofSeconds(10));
        InstantSource late = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-5));

        List<Finding> findings = new Doctor(
                        client, node.url(), false, late, url -> new NodeClient(url, Duration.ofSeconds(5)))
                .examine();

        assertThat(findings)
                .anySatisfy(one -> assertThat(one)
                        .matches(found -> found.id().equals("clock"))
                        .matches(found -> found.what().matches(".*this machine is (299|300|301) s behind.*n1"))
                        .matches(found -> found.fix().contains("timedatectl set-ntp true")));
    }

    @Test
    void rights_that_let_a_node_neither_hear_nor_speak() throws IOException {
        Path rights = folder.resolve("acl");
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        // It may not publish its state and what is for its peers; nor hear what comes of its own load.
        Files.writeString(
                rights, "topic write p2pfaas/v1/spill/#\ntopic write p2pfaas/v1/cli/#\ntopic read p2pfaas/v1/cli/#\n");
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND + "acl_file " + rights + "\n"))) {
            Node node = nodes.start("n1", broker.port());
            Nodes.awaitLink(node);
            Nodes.await(
                    "its load should have come back",
                    () -> doctor(node.url()).out().contains("acl-load"));
            Said said = doctor(node.url());
            assertFound(said, "acl-publish", "make-acl --node n1");
            assertThat(said.out()).contains("p2pfaas/v1/node/n1/state");
            assertFound(said, "acl-load", "make-acl --node n1");
        }
    }

    @Test
    void a_node_with_the_rights_of_a_device() {
        SiteBroker.needToolsOrSkip();
        Path certificates = SiteBroker.certificates("n1");
        try (SiteBroker site = SiteBroker.start(certificates, List.of("cam7"), "", "--device=n1")) {
            Node node = nodes.start(
                    "n1",
                    site.certificatePort(),
                    "broker.url",
                    "mqtts://127.0.0.1:" + site.certificatePort(),
                    "broker.tls.ca-file",
                    site.file("ca.crt").toString(),
                    "broker.tls.cert-file",
                    site.file("n1.crt").toString(),
                    "broker.tls.key-file",
                    site.file("n1.key").toString());
            Nodes.await(
                    "a subscription was refused", () -> doctor(node.url()).out().contains("acl-subscribe"));
            Said said = doctor(node.url());
            assertFound(said, "acl-subscribe", "make-acl --node n1");
            assertThat(said.out()).contains("p2pfaas/v1/node/n1/from/+/fwd/+");
        }
    }

    @Test
    void two_nodes_of_one_id() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND))) {
            Node one = nodes.start("twin", broker.port());
            Nodes.awaitLink(one);
            Node ignored = nodes.start("twin", broker.port());
            Nodes.await("they have met", () -> doctor(one.url()).out().contains("same-id"));
            assertFound(doctor(one.url()), "same-id", "--id");
        }
    }

    @Test
    void other_versions_other_settings_and_a_silent_node() {
        Tool.needOrSkip("mosquitto_pub");
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(listener(SOUND))) {
            Node one = nodes.start("n1", broker.port());
            Node two = nodes.start("n2", broker.port(), "call.timeout", "7s");
            Nodes.awaitLink(one);
            Nodes.awaitLink(two);
            Tool.succeed(
                    List.of(
                            "mosquitto_pub",
                            "-p",
                            Integer.toString(broker.port()),
                            "-r",
                            "-q",
                            "1",
                            "-t",
                            "p2pfaas/v1/node/old/state",
                            "-m",
                            "{\"state\":\"online\",\"session\":1,\"version\":\"0.0.9\",\"slots\":4,\"functions\":[],\"http\":\"\"}"));
            Nodes.await(
                    "all are known",
                    () -> one.status().contains("\"old\"") && one.status().contains("\"n2\""));

            Said said = doctor(one.url());

            assertFound(said, "version-skew", "same scheduler-node.jar");
            assertThat(said.out()).contains("0.0.9 (old)");
            assertFound(said, "config-differs", "call.timeout");
            assertFound(said, "peer-silent", "node/old/load");
        }
    }

    @Test
    void functions_that_are_not_there_or_cannot_be_called() {
        Node empty = nodes.start("n1", 1, "functions", "");
        assertFound(doctor(empty.url()), "no-function", "deploy echo builtin:echo");
        Node broken = nodes.start(
                "n2", 1, "functions", "figlet=docker:functions/figlet", "docker.host", "unix://" + folder + "/no.sock");
        Nodes.await(
                "the engine was looked for", () -> doctor(broken.url()).out().contains("function-unusable"));
        assertFound(doctor(broken.url()), "function-unusable", "docker info");
    }

    @Test
    void a_full_disk() throws IOException {
        Tool.needOrSkip("mount", "umount");
        Path small = Files.createDirectory(folder.resolve("small"));
        Tool.Ran mounted =
                Tool.run(Map.of(), List.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                mounted.exit() == 0 || "true".equals(System.getenv("CI")), mounted.said());
        try {
            Node node = nodes.start("n1", 1, "data", small.toString());
            Tool.Ran full = Tool.run(
                    Map.of(), List.of("dd", "if=/dev/zero", "of=" + small.resolve("filler"), "bs=4k", "count=100"));
            assertThat(full.said()).contains("No space left");
            assertFound(doctor(node.url()), "disk-full", "df -h");
        } finally {
            nodes.close();
            Tool.succeed(List.of("umount", "-l", small.toString()));
        }
    }

    @Test
    void few_files_and_little_heap() throws IOException {
        Tool.needOrSkip("bash");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 512; exec \"$0\" -XX:+UseSerialGC -XX:-MaxFDLimit -Xmx40m -cp \"$1\""
                                + " io.p2pfaas.node.app.Main node --id tight --http 127.0.0.1:0 --broker mqtt://127.0.0.1:1"
                                + " --function echo=builtin:echo",
                        java,
                        System.getProperty("java.class.path"))
                .redirectErrorStream(true)
                .start();
        try {
            Said said = doctor(url(process));
            assertFound(said, "open-files", "ulimit -n 65536");
            assertFound(said, "heap", "-Xmx64m");
        } finally {
            process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static String url(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(" ready at ")) {
                return line.replaceFirst(".* ready at (\\S+),.*", "$1");
            }
        }
        throw new AssertionError("the node ended: " + said);
    }
}
