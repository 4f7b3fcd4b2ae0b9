package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two sites with a broker and two nodes each, joined by the shipped bridge.conf; a wire in between can be cut. */
final class BridgeIT {
    private static final String ROOT = "p2pfaas/v1/";

    private static SiteBroker brokerA;
    private static SiteBroker brokerB;
    private static Wire wire;
    private static Cluster siteA;
    private static Cluster siteB;

    @BeforeAll
    static void start() throws IOException {
        SiteBroker.needToolsOrSkip();
        Path filesB = SiteBroker.certificates("site-a", "a1", "a2", "b1", "b2");
        Path filesA = Files.createTempDirectory("p2pfaas-site-");
        for (String file : List.of(
                "ca.crt",
                "crl.pem",
                "server.crt",
                "server.key",
                "site-a.crt",
                "site-a.key",
                "a1.crt",
                "a1.key",
                "a2.crt",
                "a2.key")) {
            Files.copy(filesB.resolve(file), filesA.resolve(file));
        }
        brokerB = SiteBroker.start(
                filesB,
                List.of("cam7"),
                "",
                "--node=b1",
                "--node=b2",
                "--device=cam7",
                "--bridge=site-a",
                "--far-node=a1",
                "--far-node=a2",
                "--far-admin=ops");
        wire = Wire.to(brokerB.certificatePort());
        brokerA = SiteBroker.start(
                filesA,
                List.of("cam7", "ops", "dash"),
                SiteBroker.bridge(filesA, wire.port()),
                "--node=a1",
                "--node=a2",
                "--device=cam7",
                "--admin=ops",
                "--observer=dash");
        siteA = site(brokerA, "a", "onlya=builtin:echo");
        siteB = site(brokerB, "b", "onlyb=builtin:echo");
        awaitJoined();
    }

    private static Cluster site(SiteBroker broker, String name, String own) {
        Cluster cluster = Cluster.startOnly(0, Flags.forBroker(0));
        for (String id : List.of(name + "1", name + "2")) {
            cluster.add(Flags.forSite(broker, id).with("slots", "2").with("functions", "echo=builtin:echo", own));
        }
        return cluster;
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable part : new AutoCloseable[] {siteA, siteB, brokerA, wire, brokerB}) {
            if (part != null) {
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static void awaitJoined() {
        Await.until(
                () -> "all four see each other: " + siteA.statuses() + siteB.statuses(),
                () -> fresh(siteA, 3) && fresh(siteB, 3));
    }

    /** Whether each node of a site hears of the load of so many others. */
    private static boolean fresh(Cluster site, int others) {
        return List.of(1, 2).stream()
                .allMatch(node -> site.node(node)
                        .look(brain -> brain.isLinkUp()
                                && brain.peers().stream()
                                                .filter(peer -> peer.state() == PeerState.ONLINE
                                                        && !peer.isSuspect()
                                                        && peer.sample() != null)
                                                .count()
                                        >= others));
    }

    private static Tool.Ran call(SiteBroker broker, String function, String id) {
        return call(broker, function, id, 15);
    }

    private static Tool.Ran call(SiteBroker broker, String function, String id, int patienceSeconds) {
        return broker.withPassword(
                "mosquitto_rr",
                "cam7",
                "-q",
                "1",
                "-W",
                Integer.toString(patienceSeconds),
                "-t",
                ROOT + "dev/cam7/req/" + function + "/" + id,
                "-e",
                ROOT + "dev/cam7/rsp/" + id,
                "-m",
                "hello");
    }

    @Test
    void a_device_is_answered_by_a_node_of_the_other_site() {
        assertThat(call(brokerA, "onlyb", "1").said()).isEqualTo("hello\n");
        assertThat(call(brokerB, "onlya", "2").said()).isEqualTo("hello\n");
    }

    @Test
    void an_administrator_changes_both_sites_and_hears_all() {
        Tool.Ran heard = brokerA.withPassword(
                "mosquitto_rr",
                "ops",
                "-V",
                "5",
                "-q",
                "1",
                "-W",
                "5",
                "-t",
                ROOT + "config/node",
                "-e",
                ROOT + "cli/ops/rsp",
                "-m",
                "{\"parallel_running_functions_max\":3}");
        Await.until(
                "all have three slots",
                () -> List.of(siteA, siteB).stream()
                        .flatMap(site -> site.metrics().stream())
                        .allMatch(node -> node.value("p2pfaas_slots") == 3));
        assertThat(heard.said()).contains("applied");
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "the bridge between two sites is cut",
            promise = "each site works alone, and together again later")
    @Test
    void each_site_works_alone_when_they_are_cut_and_together_again_when_they_are_not() {
        long connects = siteA.sum("p2pfaas_link_connects_total") + siteB.sum("p2pfaas_link_connects_total");
        wire.cut();
        assertThat(call(brokerA, "onlyb", "9", 3).said()).doesNotContain("hello");

        assertThat(call(brokerA, "onlya", "10").said()).isEqualTo("hello\n");
        assertThat(call(brokerB, "onlyb", "11").said()).isEqualTo("hello\n");
        assertThat(call(brokerA, "echo", "12").said()).isEqualTo("hello\n");
        assertThat(call(brokerB, "echo", "13").said()).isEqualTo("hello\n");

        wire.mend();
        Await.until(
                "a device is answered from the other site again",
                () -> call(brokerA, "onlyb", "again-" + System.nanoTime(), 3)
                        .said()
                        .equals("hello\n"));
        assertThat(call(brokerB, "onlya", "15").said()).isEqualTo("hello\n");
        assertThat(siteA.sum("p2pfaas_link_connects_total") + siteB.sum("p2pfaas_link_connects_total"))
                .isEqualTo(connects);
    }

    @Test
    void nothing_comes_back_the_way_it_went() {
        // 4 nodes with 5 heartbeats a second each: 20 messages a second without loops, many more with one.
        Tool.Ran heard =
                brokerA.withPassword("mosquitto_sub", "dash", "-W", "2", "-t", ROOT + "node/+/load", "-F", "%t");
        assertThat(heard.said().lines().count()).isBetween(12L, 80L);
        assertThat(heard.said()).contains("node/b1/load", "node/b2/load", "node/a1/load", "node/a2/load");
    }
}
