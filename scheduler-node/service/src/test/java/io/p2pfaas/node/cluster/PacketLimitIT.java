package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Mosquitto that takes packets of up to 100 kB, and calls and answers of 200 kB. */
final class PacketLimitIT {
    private static final int LARGE = 200_000;

    @TempDir
    private Path folder = Path.of(".");

    /** Two nodes, of which the second has a function more. */
    private static Cluster cluster(Flags flags, String echo, String big) {
        Cluster cluster = Cluster.startOnly(1, flags.with("functions", echo, big));
        Node unused = cluster.add(flags.with("id", "n2").with("functions", echo, big, "there=builtin:echo"));
        cluster.awaitComplete();
        return cluster;
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "the broker takes smaller packets than the node",
            promise = "calls run here or fail with a reason; the link stays")
    @Test
    void what_is_too_large_for_the_broker_ends_as_a_failure_or_runs_here_and_the_link_stays() throws Exception {
        Path big = folder.resolve("big");
        Files.writeString(big, "#!/bin/sh\nhead -c " + LARGE + " /dev/zero\n");
        Files.setPosixFilePermissions(big, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(
                        port -> "listener " + port + " 127.0.0.1\nallow_anonymous true\nmax_packet_size 100000\n");
                Cluster cluster = cluster(
                        Flags.forBroker(broker.port()).with("call.timeout", "10s"),
                        "echo=builtin:echo",
                        "big=exec:" + big);
                Mqtt5Caller caller = new Mqtt5Caller(broker.port(), "me");
                Device device = new Device(broker.port(), "p2pfaas", "cam1")) {
            long connects = cluster.sum("p2pfaas_link_connects_total");

            Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/fn/big", "x".getBytes(UTF_8), caller.request());
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.property("reason")).isEqualTo("answer_too_large");
            assertThat(device.call("big", "1", "x").topic()).isEqualTo("1/502");

            Reply away = Await.of(
                    cluster.caller().post(cluster.function(1, "big"), new byte[1], "X-P2pfaas-Scheduler-Forward", "1"));
            assertThat(away.status())
                    .as("a peer ran it and cannot send the answer")
                    .isEqualTo(502);
            assertThat(away.text()).contains("too large");

            Reply forward = Await.of(cluster.caller()
                    .post(cluster.function(1, "echo"), new byte[LARGE], "X-P2pfaas-Scheduler-Forward", "1"));
            assertThat(forward.status())
                    .as("a forward that cannot be sent runs here")
                    .isEqualTo(200);
            assertThat(forward.body()).hasSize(LARGE);
            assertThat(forward.path()).isEmpty();
            long begun = System.nanoTime();
            Reply nowhere = Await.of(cluster.caller().post(cluster.function(1, "there"), new byte[LARGE]));
            assertThat(nowhere.status())
                    .as("only the peer has the function, and the body cannot be sent")
                    .isEqualTo(413);
            assertThat(nowhere.text()).contains("the broker's maximum packet size");
            assertThat(System.nanoTime() - begun).as("nobody is waited for").isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(Await.of(cluster.caller().post(cluster.function(1, "there"), new byte[1]))
                            .status())
                    .as("the peer is not suspect")
                    .isEqualTo(200);
            assertThat(cluster.sum("p2pfaas_link_connects_total")).isEqualTo(connects);
        }
    }
}
