package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.NetworkSpace;
import io.p2pfaas.node.testing.Tool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes in networks of their own, and a broker in between: cables that lose, are narrow, or carry one way only. */
final class NarrowNetworkIT {
    private static final String HOST_A = "10.214.1.2";
    private static final String HOST_B = "10.214.2.2";
    private static final String IN = "INPUT";
    private static final String OUT = "OUTPUT";
    private static final Pattern DROPPED = Pattern.compile("(\\d+) +\\d+ DROP");
    private static final int MANY = 500;
    private static final long BACK_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private static NetworkSpace networkA;
    private static NetworkSpace networkB;

    @BeforeAll
    static void start() {
        NetworkSpace.needOrSkip("mosquitto", "curl", "iptables", "tc");
        NetworkSpace middle = keep(NetworkSpace.create("lossy"));
        networkA = keep(NetworkSpace.create("la"));
        networkB = keep(NetworkSpace.create("lb"));
        networkA.join(middle, "cable-a", HOST_A, "10.214.1.1");
        networkB.join(middle, "cable-b", HOST_B, "10.214.2.1");
        keep(MosquittoProcess.startIn(
                middle, laptop -> laptop.replace("listener 1883 127.0.0.1", "listener 1883 0.0.0.0")));
        NodeProcess a = keep(NodeProcess.startIn(networkA, flags("a", HOST_A, "10.214.1.1")));
        NodeProcess b = keep(NodeProcess.startIn(networkB, flags("b", HOST_B, "10.214.2.1")));
        assertThat(List.of(a.url(), b.url())).doesNotHaveDuplicates();
        awaitSharing();
    }

    private static <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private static Flags flags(String id, String host, String broker) {
        return Flags.forBroker(1883)
                .with("id", id)
                .with("http.address", host + ":18080")
                .with("broker.url", "mqtt://" + broker)
                .with("broker.keep-alive", "2s")
                .with("functions", "echo=builtin:echo");
    }

    @AfterAll
    static void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private static String call(NetworkSpace network, String host, boolean isForwarded) {
        return network.run(
                        "curl",
                        "-sS",
                        "--noproxy",
                        "*",
                        "-m",
                        "15",
                        "-i",
                        "-d",
                        "hello",
                        "-H",
                        isForwarded ? "X-P2pfaas-Scheduler-Forward: 1" : "X-None: 1",
                        "http://" + host + ":18080/function/echo")
                .said();
    }

    private static boolean isShared(NetworkSpace network, String host) {
        return call(network, host, true).contains("X-P2pfaas-Peers-List-Id");
    }

    private static void awaitSharing() {
        Await.until("a and b share calls", () -> isShared(networkA, HOST_A) && isShared(networkB, HOST_B));
    }

    private static void assertServed(boolean isForwarded, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(call(networkA, HOST_A, isForwarded)).contains("200 OK").endsWith("hello");
            assertThat(call(networkB, HOST_B, isForwarded)).contains("200 OK").endsWith("hello");
        }
    }

    private static int dropped() {
        String said = networkA.run("iptables", "-L", IN, "-v", "-n", "-x").said();
        Matcher packets = DROPPED.matcher(said);
        assertThat(packets.find()).as(said).isTrue();
        return Integer.parseInt(packets.group(1));
    }

    private static void iptables(NetworkSpace network, String action, String chain, String... rule) {
        List<String> command = Tool.command(List.of("iptables", action, chain, "!", "-i", "lo"), rule);
        if (chain.equals(OUT)) {
            command.set(command.indexOf("-i"), "-o");
        }
        Tool.Ran ran = network.run(command.toArray(String[]::new));
        assertThat(ran.exit()).as("%s: %s", command, ran.said()).isZero();
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "loss of 1 %, 5 % and 20 % of the packets to one node (iptables statistic)",
            promise = "local calls and forwarded ones are all answered")
    @ParameterizedTest
    @ValueSource(strings = {"0.01", "0.05", "0.20"})
    void what_gets_lost_is_sent_again(String share) {
        String[] rule = {"-m", "statistic", "--mode", "random", "--probability", share, "-j", "DROP"};
        iptables(networkA, "-A", IN, rule);
        try {
            assertServed(false, 3);
            assertServed(true, 3);
            for (int i = 0; dropped() == 0; i++) {
                assertThat(i).as("calls without a loss").isLessThan(MANY);
                assertServed(true, 1);
            }
        } finally {
            iptables(networkA, "-D", IN, rule);
        }
        awaitSharing();
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "a link of 1 Mbit/s (tbf)",
            promise = "calls are forwarded and answered, also with 64 KiB each")
    @Test
    void a_narrow_link_is_slow_and_no_more() {
        assertThat(networkA.run(
                                "tc", "qdisc", "add", "dev", "cable-a", "root", "tbf", "rate", "1mbit", "burst", "16k",
                                "latency", "400ms")
                        .exit())
                .isZero();
        try {
            assertServed(true, 3);
            String large = networkB.run(
                            "bash",
                            "-c",
                            "head -c 65536 /dev/zero | curl -sS --noproxy '*' -m 15 -o /dev/null -w '%{http_code} %{size_download}'"
                                    + " --data-binary @- -H 'X-P2pfaas-Scheduler-Forward: 1' http://" + HOST_B
                                    + ":18080/function/echo")
                    .said();
            assertThat(large).isEqualTo("200 65536");
        } finally {
            Tool.Ran ran = networkA.run("tc", "qdisc", "del", "dev", "cable-a", "root");
            assertThat(ran.exit()).as(ran.said()).isZero();
        }
        awaitSharing();
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "partition of one node, both ways, or one way only (in, out), for 4 s",
            promise = "local calls at both nodes succeed; calls are shared again within 10 s")
    @ParameterizedTest
    @ValueSource(strings = {"both", IN, OUT})
    void a_node_that_is_cut_off_serves_alone_and_shares_again(String way) {
        List<String> chains = way.equals("both") ? List.of(IN, OUT) : List.of(way);
        chains.forEach(chain -> iptables(networkA, "-A", chain, "-j", "DROP"));
        long cut = System.nanoTime();
        try {
            // Its own callers reach it over its own loopback interface.
            while (System.nanoTime() - cut < TimeUnit.SECONDS.toNanos(4)) {
                assertServed(false, 1);
            }
        } finally {
            chains.forEach(chain -> iptables(networkA, "-D", chain, "-j", "DROP"));
        }
        long mended = System.nanoTime();
        awaitSharing();
        assertThat(System.nanoTime() - mended).isLessThan(BACK_WITHIN_NANOS);
    }
}
