package io.p2pfaas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What HiveMQ CE with the shipped site.xml keeps, and that it stays shut without its files. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class HiveMqStoreIT {
    private static final String ANSWERS = "p2pfaas/v1/dev/cam7/rsp/#";

    @Test
    void a_config_change_and_an_answer_for_a_device_that_is_away_survive_kill_9() throws InterruptedException {
        try (HiveMqSite site = HiveMqSite.startOrSkip(
                List.of("n1"), List.of("cam7", "ops"), "--node=n1", "--device=cam7", "--admin=ops")) {
            succeed(site.withPassword(
                    "mosquitto_sub", "cam7", "-V", "311", "-c", "-i", "x", "-q", "1", "-E", "-t", ANSWERS));
            succeed(site.withPassword(
                    "mosquitto_pub", "ops", "-q", "1", "-r", "-t", "p2pfaas/v1/config/node", "-m", "kept"));
            succeed(site.withCertificate(
                    "mosquitto_pub", "n1", "-q", "1", "-t", "p2pfaas/v1/dev/cam7/rsp/1", "-m", "answer"));

            site.server().killAndStart();

            awaitListening(site);
            assertThat(hears(site, "ops", "p2pfaas/v1/config/node")).isEqualTo("kept\n");
            assertThat(hears(site, "cam7", ANSWERS)).isEqualTo("answer\n");
        }
    }

    @Test
    void without_the_files_of_rights_nobody_is_let_in() {
        SiteBroker.needToolsOrSkip();
        Path folder = SiteBroker.certificates("n1");
        Tool.succeed(List.of(HiveMqServer.shipped("make-stores").toString(), folder.toString()));
        try (HiveMqServer server = HiveMqSite.start(
                folder, List.of("server.p12", "clients.p12"), Map.of("HIVEMQ_ALLOW_ALL_CLIENTS", "false"))) {
            assertThat(server.log()).contains("there is no readable file acl.json");
            Tool.Ran ran = Tool.run(
                    Map.of(),
                    List.of(
                            "mosquitto_pub",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(server.port(8884)),
                            "--cafile",
                            folder.resolve("ca.crt").toString(),
                            "-V",
                            "5",
                            "-t",
                            "x",
                            "-n"));
            assertThat(ran.said()).contains("Not authorized");
        } finally {
            SiteBroker.delete(folder);
        }
    }

    private static String hears(HiveMqSite site, String user, String filter) {
        return site.withPassword(
                        "mosquitto_sub",
                        user,
                        "-V",
                        "311",
                        "-c",
                        "-i",
                        "x",
                        "-q",
                        "1",
                        "-C",
                        "1",
                        "-W",
                        "10",
                        "-t",
                        filter)
                .said();
    }

    private static void awaitListening(HiveMqSite site) throws InterruptedException {
        Tool.Ran ran = probe(site);
        for (int i = 0; ran.exit() != 0 && i < 200; i++) {
            Thread.sleep(200);
            ran = probe(site);
        }
        succeed(ran);
    }

    private static Tool.Ran probe(HiveMqSite site) {
        return site.withPassword("mosquitto_pub", "ops", "-q", "1", "-t", "p2pfaas/v1/config/probe", "-n");
    }

    private static void succeed(Tool.Ran ran) {
        assertThat(ran.exit()).as(ran.said()).isZero();
    }
}
