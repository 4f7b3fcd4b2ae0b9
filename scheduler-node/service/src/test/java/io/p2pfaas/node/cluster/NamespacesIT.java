package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.NetworkSpace;
import io.p2pfaas.node.testing.Tool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes in networks that cannot reach each other share calls through a broker that both reach. */
final class NamespacesIT {
    private static final String HOST_A = "10.213.1.2";
    private static final String HOST_B = "10.213.2.2";
    private static final int CURL_CANNOT_CONNECT = 7;
    private static final int CURL_TIMED_OUT = 28;

    private static final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private static NetworkSpace networkA;
    private static NetworkSpace networkB;

    @BeforeAll
    static void start() {
        NetworkSpace.needOrSkip("mosquitto", "curl");
        NetworkSpace middle = keep(NetworkSpace.create("broker"));
        networkA = keep(NetworkSpace.create("a"));
        networkB = keep(NetworkSpace.create("b"));
        networkA.join(middle, "cable-a", HOST_A, "10.213.1.1");
        networkB.join(middle, "cable-b", HOST_B, "10.213.2.1");
        keep(MosquittoProcess.startIn(
                middle, laptop -> laptop.replace("listener 1883 127.0.0.1", "listener 1883 0.0.0.0")));
        NodeProcess a = keep(NodeProcess.startIn(networkA, flags("a", HOST_A, "10.213.1.1")));
        assertThat(a.url()).isEqualTo(url("a"));
        NodeProcess b = keep(NodeProcess.startIn(networkB, flags("b", HOST_B, "10.213.2.1")));
        assertThat(b.url()).isEqualTo(url("b"));
        Await.until("they know each other", () -> isForwarded("a") && isForwarded("b"));
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
                .with("slots", "1")
                .with("queue", "0")
                .with("functions", "echo=builtin:echo", "sleep=builtin:sleep?mean=1s&dist=det");
    }

    @AfterAll
    static void stop() {
        RuntimeException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                first = first == null ? new IllegalStateException("cannot be closed", e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static NetworkSpace network(String node) {
        return node.equals("a") ? networkA : networkB;
    }

    private static String url(String node) {
        return "http://" + (node.equals("a") ? HOST_A : HOST_B) + ":18080";
    }

    /** A caller in the network of a node. */
    private static Tool.Ran curl(String from, String... arguments) {
        return network(from)
                .run(Tool.command(List.of("curl", "-sS", "--noproxy", "*", "-m", "10"), arguments)
                        .toArray(String[]::new));
    }

    private static String forward(String entry) {
        return curl(entry, "-i", "-d", "hello", "-H", "X-P2pfaas-Scheduler-Forward: 1", url(entry) + "/function/echo")
                .said();
    }

    private static boolean isForwarded(String entry) {
        return forward(entry).contains("X-P2pfaas-Peers-List-Id");
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void neither_reaches_the_other(String from, String to) {
        assertThat(curl(from, url(from) + "/healthz").said()).isEqualTo("ok\n");
        Tool.Ran ran = curl(from, "--connect-timeout", "2", url(to) + "/healthz");
        assertThat(ran.exit()).as(ran.said()).isIn(CURL_CANNOT_CONNECT, CURL_TIMED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void a_call_that_enters_one_runs_on_the_other(String entry, String other) {
        for (int i = 0; i < 5; i++) {
            assertThat(forward(entry))
                    .contains("200 OK", "X-P2pfaas-Peers-List-Id: [\"" + entry + "\",\"" + other + "\"]")
                    .endsWith("hello");
        }
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void what_is_too_much_for_one_runs_on_the_other(String entry, String other) {
        String said = curl(
                        entry,
                        "-Z",
                        "--parallel-immediate",
                        "-o",
                        "/dev/null",
                        "-D",
                        "-",
                        url(entry) + "/function/sleep?[1-2]")
                .said();
        assertThat(found("HTTP/1.1 200 OK", said)).as(said).hasSize(2);
        assertThat(found("X-P2pfaas-Peers-List-Id: .*", said))
                .containsExactly("X-P2pfaas-Peers-List-Id: [\"" + entry + "\",\"" + other + "\"]");
    }

    /** curl shows its progress in between. */
    private static List<String> found(String pattern, String said) {
        return Pattern.compile(pattern)
                .matcher(said)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
