package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several brokers, WebSockets, and a broker that wants a password. */
final class BrokerFailoverIT {
    @TempDir
    private Path folder = Path.of(".");

    private final LinkLog log = new LinkLog();
    private MosquittoProcess first;
    private MosquittoProcess second;

    @BeforeEach
    void startBrokers() {
        first = MosquittoProcess.startOrSkip();
        second = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBrokers() {
        log.close();
        if (second != null) {
            second.close();
            first.close();
        }
    }

    private static String url(MosquittoProcess broker) {
        return "mqtt://127.0.0.1:" + broker.port();
    }

    private Flags flags() {
        return Flags.forBroker(first.port())
                .with("broker.url", url(first), url(second))
                .with("functions", "echo=builtin:echo");
    }

    private static void awaitOn(Cluster cluster, MosquittoProcess broker) {
        Await.until(
                () -> "all are on " + url(broker) + ": " + cluster.statuses(),
                () -> cluster.node(1).broker().equals(url(broker))
                        && cluster.node(2).broker().equals(url(broker)));
        cluster.awaitComplete();
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of the first of two brokers",
            promise = "all nodes go to the next one and share there")
    @Test
    void nodes_go_to_the_next_broker_together_and_back_only_when_that_is_lost() {
        try (Cluster cluster = Cluster.of(2, flags())) {
            awaitOn(cluster, first);

            long killed = System.nanoTime();
            first.kill();
            awaitOn(cluster, second);
            // Pauses are at most 50 and 100 ms here, but the machine may be busy.
            assertThat(System.nanoTime() - killed).isLessThan(5_000_000_000L);
            assertThat(Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {1}))
                            .status())
                    .isEqualTo(200);

            first.restart();
            Node late = cluster.add(flags().with("id", "n3"));
            Await.until(
                    "the late node is on the first",
                    () -> late.broker().equals(url(first)) && late.look(brain -> brain.isLinkUp()));
            assertThat(cluster.node(1).broker()).isEqualTo(url(second));

            second.kill();
            awaitOn(cluster, first);
        }
    }

    @Fault(in = Fault.Area.BROKER, fault = "the first broker is not there at the start", promise = "it is passed over")
    @Test
    void a_broker_that_is_not_there_at_the_start_is_passed_over_and_told_of_once() {
        first.kill();
        try (Cluster cluster = Cluster.of(2, flags())) {
            awaitOn(cluster, second);

            assertThat(log.count("broker " + url(first) + " cannot be used: connection refused"))
                    .isEqualTo(2);
        }
    }

    @Test
    void a_broker_is_reached_through_web_sockets_also_with_tls() {
        TestCa ca = TestCa.createOrSkip(folder, "our CA");
        ca.issueServer();
        // With nothing but WebSockets, Mosquitto 2.0.11 believes that it listens nowhere.
        Path socket = folder.resolve("socket");
        IntFunction<String> plain = port -> "user root\nallow_anonymous true\nlistener 0 " + socket + port
                + "\nlistener " + port + " 127.0.0.1\nprotocol websockets\n";
        IntFunction<String> withTls = port ->
                plain.apply(port) + "certfile " + ca.file("server.crt") + "\nkeyfile " + ca.file("server.key") + "\n";
        try (MosquittoProcess open = MosquittoProcess.startOrSkip(plain);
                MosquittoProcess secure = MosquittoProcess.startOrSkip(withTls);
                Cluster cluster = Cluster.of(
                        2,
                        flags().with("broker.url", "ws://127.0.0.1:" + open.port(), "wss://127.0.0.1:" + secure.port())
                                .with("broker.tls.ca-file", ca.file("ca.crt").toString()))) {
            assertThat(cluster.node(1).broker()).isEqualTo("ws://127.0.0.1:" + open.port() + "/mqtt");

            open.kill();
            cluster.awaitLinks(false);
            cluster.awaitComplete();
            assertThat(cluster.node(1).broker()).isEqualTo("wss://127.0.0.1:" + secure.port() + "/mqtt");
        }
    }

    @Test
    void a_node_with_a_wrong_password_is_told_so() throws IOException {
        Path passwords = folder.resolve("passwords");
        Files.write(passwords, "edge:$7$101$wrong$wrong\n".getBytes(StandardCharsets.UTF_8));
        try (MosquittoProcess strict = MosquittoProcess.startOrSkip(
                        port -> "user root\nlistener " + port + " 127.0.0.1\npassword_file " + passwords + "\n");
                Cluster cluster = Cluster.startOnly(
                        1,
                        flags().with("broker.url", url(strict))
                                .with("broker.user", "edge")
                                .with("broker.password", "hunter2"))) {
            log.await("broker " + url(strict) + " cannot be used: the broker says: not authorised");
            assertThat(log.lines()).noneMatch(line -> line.contains("hunter2"));
            cluster.awaitLinks(false);
        }
    }
}
