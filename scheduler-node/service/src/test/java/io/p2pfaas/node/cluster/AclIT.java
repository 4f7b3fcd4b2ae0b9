package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site's broker as it is shipped: everybody can do their work, and nobody anybody else's. */
final class AclIT extends SiteScene {
    private static final String ROOT = "p2pfaas/v1/";

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_calls_and_is_answered(String version) {
        assertThat(answer("cam7", version, ROOT + "dev/cam7/req/echo/" + version, ROOT + "dev/cam7/rsp/" + version))
                .isEqualTo("hello\n");
    }

    @Test
    void a_device_with_a_certificate_needs_no_password() {
        Tool.Ran ran = site.withCertificate(
                "mosquitto_rr",
                site.file("."),
                "cam9",
                "-t",
                ROOT + "dev/cam9/req/echo/1",
                "-e",
                ROOT + "dev/cam9/rsp/1",
                "-m",
                "hello",
                "-W",
                "10");
        assertThat(ran.said()).isEqualTo("hello\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fn/echo", "node/n1/fn/echo", "node/n2/fn/echo"})
    void a_caller_calls_over_mqtt_5(String topic) {
        assertThat(answer("app1", "mqttv5", ROOT + topic, ROOT + "cli/app1/rsp"))
                .isEqualTo("hello\n");
    }

    @Test
    void nodes_hand_calls_on_to_each_other() {
        assertThat(answer("app1", "mqttv5", ROOT + "node/n1/fn/far", ROOT + "cli/app1/rsp"))
                .isEqualTo("hello\n");
        assertThat(cluster.sum("p2pfaas_forwards_total")).isPositive();
    }

    @Test
    void the_broker_still_tells_nodes_that_nobody_is_there() {
        assertThat(subscribes("cam7", "5", "#")).contains("135");
        Tool.Ran ran = site.withCertificate(
                "mosquitto_pub",
                site.file("."),
                "spare",
                "-d",
                "-V",
                "5",
                "-q",
                "1",
                "-t",
                ROOT + "spill/_nobody/spare",
                "-n");
        assertThat(ran.said()).contains("RC:16");
    }

    @Test
    void an_administrator_changes_all_nodes_and_hears_it() {
        Tool.Ran ran = site.withPassword(
                "mosquitto_rr",
                "ops",
                "-V",
                "5",
                "-q",
                "1",
                "-W",
                "10",
                "-t",
                ROOT + "config/node",
                "-e",
                ROOT + "cli/ops/rsp",
                "-m",
                "{\"parallel_running_functions_max\":3}");

        assertThat(ran.said()).contains("\"applied\":true");
        Await.until(
                "both nodes have three slots",
                () -> cluster.metrics().stream().allMatch(node -> node.value("p2pfaas_slots") == 3));
    }

    @Test
    void an_observer_sees_presence_and_load() {
        assertThat(subscribes("dash", "5", ROOT + "node/+/state")).contains("\"state\":\"online\"");
        assertThat(subscribes("dash", "5", ROOT + "node/+/load")).contains("\"slots\":");
    }

    @ParameterizedTest
    @CsvSource({
        "cam7, dev/cam8/rsp/#",
        "cam7, dev/+/rsp/#",
        "cam7, dev/cam8/req/#",
        "cam7, cli/app1/rsp",
        "cam7, node/+/load",
        "cam7, node/n1/from/#",
        "cam7, config/#",
        "app1, dev/cam7/rsp/#",
        "app1, cli/#",
        "dash, dev/cam7/rsp/#",
        "dash, fn/+",
        "nobody, fn/echo",
    })
    void nobody_may_hear_what_is_for_others(String who, String filter) {
        assertThat(subscribes(who, "5", ROOT + filter)).contains("Subscribed (mid: 1): 135");
        assertThat(subscribes(who, "311", ROOT + filter)).contains("Subscribed (mid: 1): 128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "p2pfaas/#",
                "$share/mine/p2pfaas/#",
                "$share/nodes/p2pfaas/v1/fn/+",
                "$share/nodes/p2pfaas/v1/dev/+/req/+/+",
                "$share/spill/p2pfaas/v1/spill/echo/+",
                "$SYS/#",
                "$CONTROL/#",
            })
    void a_device_may_not_subscribe_to_everything_nor_take_the_nodes_calls(String filter) {
        assertThat(subscribes("cam7", "5", filter)).contains("Subscribed (mid: 1): 135");
    }

    @ParameterizedTest
    @CsvSource({
        "cam7, node/n1/load",
        "cam7, node/n1/state",
        "cam7, node/n1/from/n2/rsp",
        "cam7, node/n1/from/cam7/probe",
        "cam7, node/n1/from/n2/notice",
        "cam7, node/n1/from/cam7/fwd/echo",
        "cam7, node/n1/fn/echo",
        "cam7, spill/echo/cam7",
        "cam7, spillq/echo/n1",
        "cam7, config/node",
        "cam7, dev/cam8/req/echo/1",
        "cam7, dev/cam8/rsp/1",
        "cam7, dev/cam7/rsp/1",
        "cam7, cli/app1/rsp",
        "app1, config/scheduler",
        "app1, dev/cam7/req/echo/1",
        "app1, node/n1/from/n2/fwd/echo",
        "ops, fn/echo",
        "ops, node/n1/load",
        "dash, config/node",
        "dash, fn/echo",
    })
    void nobody_may_say_what_others_say(String who, String topic) {
        assertThat(publishes(who, "5", ROOT + topic)).contains(NOT_AUTHORISED);
    }

    @ParameterizedTest
    @CsvSource({
        "cam9, dev/cam7/rsp/#",
        "cam9, node/n1/from/#",
        "cam9, #",
        "spare, node/n1/from/#",
        "spare, node/n1/from/+/rsp",
        "spare, node/+/from/+/fwd/+",
        "spare, node/n1/fn/+",
        "spare, spill/echo/+",
        "spare, dev/+/rsp/#",
        "spare, dev/+/req/+/+",
        "spare, cli/#",
        "spare, fn/+",
        "spare, #",
    })
    void a_certificate_gives_no_right_to_hear_what_is_for_others(String who, String filter) {
        assertThat(subscribesWithCertificate(who, ROOT + filter)).contains("Subscribed (mid: 1): 135");
    }

    @ParameterizedTest
    @CsvSource({
        "cam9, node/n1/load",
        "cam9, node/n1/from/cam9/rsp",
        "cam9, dev/cam7/req/echo/1",
        "spare, node/n1/load",
        "spare, node/n1/state",
        "spare, node/n2/from/n1/rsp",
        "spare, node/n2/from/n1/fwd/echo",
        "spare, node/n2/from/n1/probe",
        "spare, node/n2/from/n1/notice",
        "spare, spill/echo/n1",
        "spare, spillq/echo/n1",
        "spare, config/node",
    })
    void a_node_that_turned_bad_cannot_speak_for_another_one(String who, String topic) {
        assertThat(publishesWithCertificate(who, ROOT + topic)).contains(NOT_AUTHORISED);
        cluster.awaitComplete();
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a node answers calls of other nodes (forged answers)",
            promise = "the answer is dropped")
    @Test
    void a_node_that_turned_bad_cannot_answer_calls_that_it_was_not_given() {
        long malformed = cluster.sum("p2pfaas_link_malformed_total");
        long session = System.currentTimeMillis();
        for (long attempt = 1; attempt <= 3; attempt++) {
            assertThat(publishesWithCertificate(
                            "spare",
                            ROOT + "node/n1/from/spare/rsp",
                            "-D",
                            "publish",
                            "correlation-data",
                            session + "." + attempt,
                            "-D",
                            "publish",
                            "user-property",
                            "kind",
                            "result",
                            "-D",
                            "publish",
                            "user-property",
                            "sample",
                            "1 1 0 1 0 0",
                            "-D",
                            "publish",
                            "user-property",
                            "status",
                            "200"))
                    .contains("RC:0");
        }
        Await.until("they are counted", () -> cluster.sum("p2pfaas_link_malformed_total") == malformed + 3);
        assertThat(cluster.sum("p2pfaas_late_answers_total")).isZero();
        assertThat(answer("app1", "mqttv5", ROOT + "node/n1/fn/far", ROOT + "cli/app1/rsp"))
                .isEqualTo("hello\n");
    }

    @Fault(in = Fault.Area.CALLER, fault = "a 3.1.1 device publishes on foreign topics", promise = "nothing happens")
    @Test
    void a_3_1_1_client_is_told_nothing_of_a_refusal_but_nothing_happens() {
        assertThat(publishes("cam7", "311", ROOT + "node/forged/state", "-r")).contains("PUBACK (Mid: 1, RC:0)");
        assertThat(subscribes("dash", "5", ROOT + "node/+/state"))
                .contains("online")
                .doesNotContain("forged");
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "a device with a will on a foreign topic",
            promise = "the broker does not publish it")
    @Test
    void a_will_may_not_say_what_its_owner_may_not() {
        Tool.Ran killed = Tool.run(
                Map.of(),
                List.of(
                        "timeout",
                        "-s",
                        "KILL",
                        "1",
                        "mosquitto_sub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(site.passwordPort()),
                        "--cafile",
                        site.file("ca.crt").toString(),
                        "-u",
                        "cam7",
                        "-P",
                        SiteBroker.PASSWORD,
                        "-V",
                        "5",
                        "-t",
                        ROOT + "dev/cam7/rsp/#",
                        "--will-topic",
                        ROOT + "node/forged/state",
                        "--will-payload",
                        "forged",
                        "--will-retain"));
        assertThat(killed.exit()).isEqualTo(137);
        assertThat(subscribes("dash", "5", ROOT + "node/+/state"))
                .contains("online")
                .doesNotContain("forged");
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "a device names the response topic of another one",
            promise = "the broker does not let the answer through")
    @Test
    void a_foreign_response_topic_cannot_be_used() {
        String subscription = ROOT + "dev/cam8/rsp/#";
        // A session that is kept: what comes for cam8 from now on, it finds later.
        Tool.Ran kept = site.withPassword(
                "mosquitto_sub", "cam8", "-V", "311", "-c", "-i", "cam8", "-q", "1", "-E", "-t", subscription);
        assertThat(kept.exit()).as(kept.said()).isZero();

        assertThat(publishes("cam7", "5", ROOT + "fn/echo", "-D", "publish", "response-topic", ROOT + "dev/cam8/rsp/1"))
                .contains(NOT_AUTHORISED);
        // On its own topic the answer goes where the topic says, whatever the property says.
        long executions = cluster.executions();
        assertThat(publishes(
                        "cam7",
                        "5",
                        ROOT + "dev/cam7/req/echo/foreign",
                        "-D",
                        "publish",
                        "response-topic",
                        ROOT + "dev/cam8/rsp/1"))
                .contains("RC:0");
        Await.until("it has run", () -> cluster.executions() == executions + 1);
        cluster.awaitIdle();

        Tool.Ran found = site.withPassword(
                "mosquitto_sub",
                "cam8",
                "-V",
                "311",
                "-c",
                "-i",
                "cam8",
                "-q",
                "1",
                "-W",
                "1",
                "-v",
                "-t",
                subscription);
        assertThat(found.said()).doesNotContain("hello").doesNotContain("forged");
    }

    @Fault(in = Fault.Area.CALLER, fault = "a device uses a node's client id", promise = "the node stays connected")
    @Test
    void a_client_id_is_no_way_to_end_a_nodes_connection() {
        long connects = cluster.sum("p2pfaas_link_connects_total");
        for (String id : new String[] {"p2pfaas/n1", "n1"}) {
            site.withPassword(
                    "mosquitto_pub", "cam7", "-i", id, "-q", "1", "-t", ROOT + "dev/cam7/req/echo/x", "-m", "x");
        }
        cluster.awaitLinks();
        assertThat(cluster.sum("p2pfaas_link_connects_total")).isEqualTo(connects);
    }
}
