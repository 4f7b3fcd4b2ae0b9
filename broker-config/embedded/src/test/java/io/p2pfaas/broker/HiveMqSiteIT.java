package io.p2pfaas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HiveMQ CE with the shipped site.xml and our extension: what AclIT shows for Mosquitto, shorter. */
final class HiveMqSiteIT {
    private static final String ROOT = "p2pfaas/v1/";
    private static HiveMqSite site;
    private static final List<Node> nodes = new ArrayList<>();

    @BeforeAll
    static void start() {
        site = HiveMqSite.startOrSkip(
                List.of("n1", "n2", "spare", "cam9", "revoked", "stranger"),
                List.of("cam7", "cam8", "app1", "ops", "dash", "nobody"),
                "--node=n1",
                "--node=n2",
                "--node=spare",
                "--node=revoked",
                "--device=cam7",
                "--device=cam8",
                "--device=cam9",
                "--caller=app1",
                "--admin=ops",
                "--observer=dash");
        nodes.add(node("n1", "echo=builtin:echo"));
        nodes.add(node("n2", "echo=builtin:echo", "far=builtin:echo"));
        nodes.forEach(node -> assertThat(node.awaitLink(Duration.ofSeconds(20)))
                .as(() -> site.server().log())
                .isTrue());
    }

    @AfterAll
    static void stop() {
        nodes.forEach(Node::close);
        if (site != null) {
            site.close();
        }
    }

    private static Node node(String id, String... functions) {
        var flags = Map.of(
                "id", List.of(id),
                "http.address", List.of("127.0.0.1:0"),
                "broker.url", List.of("mqtts://127.0.0.1:" + site.certificatePort()),
                "broker.tls.ca-file", List.of(site.file("ca.crt")),
                "broker.tls.cert-file", List.of(site.file(id + ".crt")),
                "broker.tls.key-file", List.of(site.file(id + ".key")),
                "functions", List.of(functions));
        if (SettingsLoader.load(Optional.empty(), Map.of(), flags) instanceof LoadResult.Loaded loaded) {
            return Node.start(loaded.settings());
        }
        throw new IllegalStateException("settings of " + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_calls_and_is_answered(String version) {
        Tool.Ran ran = site.withPassword(
                "mosquitto_rr",
                "cam7",
                "-V",
                version,
                "-q",
                "1",
                "-t",
                ROOT + "dev/cam7/req/echo/" + version,
                "-e",
                ROOT + "dev/cam7/rsp/" + version,
                "-m",
                "hello",
                "-W",
                "10");
        assertThat(ran.said()).isEqualTo("hello\n");
    }

    @Test
    void a_device_with_a_certificate_needs_no_password_and_nodes_hand_its_call_on() {
        Tool.Ran ran = site.withCertificate(
                "mosquitto_rr",
                "cam9",
                "-q",
                "1",
                "-t",
                ROOT + "dev/cam9/req/far/1",
                "-e",
                ROOT + "dev/cam9/rsp/1",
                "-m",
                "hello",
                "-W",
                "10");
        assertThat(ran.said()).isEqualTo("hello\n");
    }

    @Test
    void a_caller_an_administrator_and_an_observer_do_their_work() {
        assertThat(site.withPassword(
                                "mosquitto_rr",
                                "app1",
                                "-V",
                                "5",
                                "-q",
                                "1",
                                "-t",
                                ROOT + "fn/echo",
                                "-e",
                                ROOT + "cli/app1/rsp",
                                "-m",
                                "hello",
                                "-W",
                                "10")
                        .said())
                .isEqualTo("hello\n");
        assertThat(publishes("ops", "5", ROOT + "config/other")).doesNotContain("RC:135");
        assertThat(subscribes("dash", "5", ROOT + "node/+/state")).contains("\"state\":\"online\"");
    }

    @Test
    void nodes_are_still_told_that_nobody_is_there() {
        Tool.Ran ran = site.withCertificate(
                "mosquitto_pub", "spare", "-d", "-V", "5", "-q", "1", "-t", ROOT + "spill/_nobody/spare", "-n");
        assertThat(ran.said()).contains("RC:16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "p2pfaas/#",
                "$share/mine/p2pfaas/#",
                "$share/mine/p2pfaas/v1/dev/cam7/rsp/#",
                "$share/nodes/p2pfaas/v1/fn/+",
                "$share/nodes/p2pfaas/v1/dev/+/req/+/+",
                "$share/spill/p2pfaas/v1/spill/echo",
                "$SYS/#",
                "p2pfaas/v1/dev/cam8/rsp/#",
                "p2pfaas/v1/dev/+/rsp/#",
                "p2pfaas/v1/node/+/load",
                "p2pfaas/v1/node/n1/fwd/+",
                "p2pfaas/v1/cli/app1/rsp",
            })
    void a_device_may_hear_only_its_own_answers(String filter) {
        assertThat(subscribes("cam7", "5", filter)).contains("Subscribed (mid: 1): 135");
        assertThat(subscribes("cam7", "311", filter)).contains("Subscribed (mid: 1): 128");
    }

    @ParameterizedTest
    @CsvSource({
        "cam7, node/n1/load",
        "cam7, node/n1/state",
        "cam7, node/n1/rsp",
        "cam7, node/n1/fwd/echo",
        "cam7, spill/echo",
        "cam7, config/node",
        "cam7, dev/cam8/req/echo/1",
        "cam7, dev/cam7/rsp/1",
        "app1, config/scheduler",
        "ops, fn/echo",
        "dash, fn/echo",
    })
    void nobody_may_say_what_others_say(String who, String topic) {
        assertThat(publishes(who, "5", ROOT + topic)).contains("RC:135");
    }

    @Test
    void a_3_1_1_client_loses_its_connection_when_it_says_what_it_may_not() {
        Tool.Ran ran = site.withPassword(
                "mosquitto_pub",
                "cam7",
                "-V",
                "311",
                "-q",
                "1",
                "-t",
                ROOT + "node/forged/state",
                "-r",
                "-m",
                "forged");
        assertThat(ran.said()).contains("The connection was lost");
        assertThat(subscribes("dash", "5", ROOT + "node/+/state"))
                .contains("online")
                .doesNotContain("forged");
    }

    @Test
    void a_node_may_not_speak_for_another_one() {
        for (String level : List.of("load", "state")) {
            Tool.Ran ran = site.withCertificate(
                    "mosquitto_pub",
                    "spare",
                    "-d",
                    "-V",
                    "5",
                    "-q",
                    "1",
                    "-t",
                    ROOT + "node/n1/" + level,
                    "-m",
                    "forged");
            assertThat(ran.said()).contains("RC:135");
        }
    }

    @Test
    void nobody_is_let_in_without_a_name_and_its_proof() {
        for (List<String> claim : List.of(
                List.<String>of(),
                List.of("-u", "cam7"),
                List.of("-u", "cam7", "-P", "wrong"),
                List.of("-u", "n1", "-P", SiteBroker.PASSWORD),
                List.of("-u", "nobody", "-P", SiteBroker.PASSWORD))) {
            String[] arguments = Tool.command(claim, "-V", "5", "-t", "x", "-n").toArray(String[]::new);
            assertThat(site.nameless(site.passwordPort(), "mosquitto_pub", arguments)
                            .said())
                    .as(claim.toString())
                    .contains("Not authorized");
        }
        assertThat(site.withCertificate("mosquitto_pub", "stranger", "-V", "5", "-t", "x", "-n")
                        .said())
                .contains("Not authorized");
    }

    @Test
    void a_certificate_is_refused_from_the_moment_that_the_list_names_it() {
        String topic = ROOT + "spill/_nobody/revoked";
        assertThat(site.withCertificate("mosquitto_pub", "revoked", "-V", "5", "-q", "1", "-t", topic, "-n")
                        .said())
                .doesNotContain("Not authorized");
        SiteBroker.makeCerts(site.folder(), "revoke", "revoked");
        site.server().copy(site.folder().resolve("crl.pem"), HiveMqSite.CONF);
        assertThat(site.withCertificate("mosquitto_pub", "revoked", "-V", "5", "-q", "1", "-t", topic, "-n")
                        .said())
                .contains("Not authorized");
    }

    @Test
    void an_expired_certificate_and_none_end_in_the_handshake() {
        Tool.Ran made = Tool.run(
                Map.of("NOT_AFTER", "20210101000000Z"),
                List.of(SiteBroker.command("make-certs"), site.folder().toString(), "client", "old"));
        assertThat(made.exit()).as(made.said()).isZero();
        for (Tool.Ran ran : List.of(
                site.withCertificate("mosquitto_pub", "old", "-t", "x", "-n"),
                site.nameless(site.certificatePort(), "mosquitto_pub", "-t", "x", "-n"))) {
            assertThat(ran.exit()).as(ran.said()).isNotZero();
            assertThat(ran.said()).doesNotContain("authori");
        }
    }

    @Test
    void a_client_id_is_no_way_into_anothers_session() {
        String answers = ROOT + "dev/cam8/rsp/#";
        List<String> keep = List.of("-V", "311", "-c", "-q", "1", "-t", answers);
        assertThat(site.withPassword(
                                "mosquitto_sub",
                                "cam8",
                                Tool.command(keep, "-i", "one", "-E").toArray(String[]::new))
                        .exit())
                .isZero();
        assertThat(site.withPassword(
                                "mosquitto_rr",
                                "cam7",
                                "-i",
                                "cam8",
                                "-V",
                                "311",
                                "-c",
                                "-q",
                                "1",
                                "-t",
                                ROOT + "dev/cam7/req/echo/id",
                                "-e",
                                ROOT + "dev/cam7/rsp/id",
                                "-m",
                                "hello",
                                "-W",
                                "10")
                        .said())
                .isEqualTo("hello\n");
        Tool.Ran node = site.withCertificate(
                "mosquitto_pub", "spare", "-q", "1", "-t", ROOT + "dev/cam8/rsp/9", "-m", "for cam8");
        assertThat(node.exit()).as(node.said()).isZero();
        assertThat(site.withPassword(
                                "mosquitto_sub",
                                "cam8",
                                Tool.command(keep, "-i", "two", "-C", "1", "-W", "5")
                                        .toArray(String[]::new))
                        .said())
                .contains("for cam8");
    }

    @Test
    void a_will_may_not_say_what_its_owner_may_not() {
        Tool.Ran ran = site.withPassword(
                "mosquitto_sub",
                "cam7",
                "-V",
                "5",
                "-t",
                ROOT + "dev/cam7/rsp/#",
                "-W",
                "1",
                "--will-topic",
                ROOT + "node/forged/state",
                "--will-payload",
                "forged",
                "--will-retain");
        assertThat(ran.said()).contains("Not authorized");
    }

    private static String publishes(String user, String version, String topic) {
        return site.withPassword("mosquitto_pub", user, "-d", "-V", version, "-q", "1", "-t", topic, "-m", "forged")
                .said();
    }

    private static String subscribes(String user, String version, String filter) {
        return site.withPassword("mosquitto_sub", user, "-d", "-V", version, "-q", "1", "-W", "1", "-t", filter)
                .said();
    }
}
