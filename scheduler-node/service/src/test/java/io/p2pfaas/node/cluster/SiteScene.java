package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The broker of a site as it is shipped, and two nodes with certificates; the second one has a function that the first one has not. */
abstract class SiteScene {
    static final String NOT_AUTHORISED = "RC:135";

    static SiteBroker site;
    static Cluster cluster;

    @BeforeAll
    static void start() {
        SiteBroker.needToolsOrSkip();
        Path certificates = SiteBroker.certificates("n1", "n2", "spare", "cam9");
        site = SiteBroker.start(
                certificates,
                List.of("cam7", "cam8", "app1", "ops", "dash", "nobody"),
                "",
                "--node=n1",
                "--node=n2",
                "--node=spare",
                "--device=cam7",
                "--device=cam8",
                "--device=cam9",
                "--caller=app1",
                "--admin=ops",
                "--observer=dash");
        cluster = Cluster.startOnly(0, Flags.forBroker(0));
        cluster.add(Flags.forSite(site, "n1").with("slots", "2").with("functions", "echo=builtin:echo"));
        cluster.add(Flags.forSite(site, "n2")
                .with("slots", "2")
                .with("functions", "echo=builtin:echo", "far=builtin:echo"));
        cluster.awaitComplete();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (site != null) {
            site.close();
        }
    }

    /** What somebody with a password sees who publishes this. */
    static String publishes(String user, String version, String topic, String... more) {
        List<String> arguments =
                Tool.command(List.of("-d", "-V", version, "-q", "1", "-t", topic, "-m", "forged"), more);
        return site.withPassword("mosquitto_pub", user, arguments.toArray(String[]::new))
                .said();
    }

    /** What somebody with a password sees who subscribes to this, and hears for a second. */
    static String subscribes(String user, String version, String filter) {
        return site.withPassword("mosquitto_sub", user, "-d", "-V", version, "-q", "1", "-W", "1", "-t", filter)
                .said();
    }

    /** What somebody with a certificate sees who publishes this. */
    static String publishesWithCertificate(String name, String topic, String... more) {
        List<String> arguments = Tool.command(List.of("-d", "-V", "5", "-q", "1", "-t", topic, "-m", "forged"), more);
        return site.withCertificate("mosquitto_pub", site.file("."), name, arguments.toArray(String[]::new))
                .said();
    }

    /** What somebody with a certificate sees who subscribes to this, and hears for a second. */
    static String subscribesWithCertificate(String name, String filter) {
        return site.withCertificate(
                        "mosquitto_sub", site.file("."), name, "-d", "-V", "5", "-q", "1", "-W", "1", "-t", filter)
                .said();
    }

    /** A call with mosquitto_rr that is answered. */
    static String answer(String user, String version, String topic, String answers, String... more) {
        List<String> arguments = Tool.command(
                List.of("-V", version, "-q", "1", "-t", topic, "-e", answers, "-m", "hello", "-W", "10"), more);
        Tool.Ran ran = site.withPassword("mosquitto_rr", user, arguments.toArray(String[]::new));
        assertThat(ran.exit()).as(ran.said()).isZero();
        return ran.said();
    }
}
