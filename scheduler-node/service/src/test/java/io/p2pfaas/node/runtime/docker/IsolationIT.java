package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.runtime.docker.Engine.Watcher;
import io.p2pfaas.node.testing.TestImages;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function in a container cannot do, tried by one. Two have the defaults, one may go out. */
final class IsolationIT {
    private static final String LABEL = "io.p2pfaas.test.isolation";
    private static final String MARK = UUID.randomUUID().toString().substring(0, 8);
    private static final ContainerDefaults DEFAULTS = new ContainerDefaults(
            "isolation/" + MARK,
            64L << 20,
            1_000_000_000L,
            48,
            1L << 20,
            1,
            0,
            Duration.ZERO,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path secrets;

    private static Engine engine;
    private static Cell function;
    private static Cell other;
    private static Cell outbound;

    /** A function's one container. */
    private record Cell(ContainerOptions options, String id, String address) {
        private String ask(String target) throws Exception {
            return send("GET", target, "");
        }

        private String send(String method, String target, String body) throws Exception {
            var request = HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + target))
                    .timeout(Duration.ofSeconds(20))
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        }

        private String reach(String host, int port) throws Exception {
            return ask("/connect?host=" + host + "&port=" + port);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        TestImages.requireOrSkip();
        HostFirewall.ofThisMachine().protect().ifPresent(IsolationIT::skip);
        Files.writeString(secrets.resolve("token"), "sesame");
        engine = new DockerEngine(TestImages.engineAddress(), false);
        function = started("isolated", "");
        other = started("other", "");
        outbound = started("outbound", "\"io.p2pfaas.network\":\"outbound\",\"io.p2pfaas.capabilities\":\"NET_RAW\"");
    }

    private static void skip(String problem) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(problem + ", and CI=true forbids to skip");
        }
        Assumptions.abort(problem);
    }

    @AfterAll
    static void remove() throws EngineException {
        if (engine == null) {
            return;
        }
        for (var found : engine.list(LABEL, MARK)) {
            engine.remove(found.id());
        }
        for (var network : engine.networks(LABEL, MARK)) {
            engine.removeNetwork(network);
        }
        engine.close();
    }

    private static Cell started(String name, String annotations) throws Exception {
        String json = "{\"service\":\"" + name + "\",\"image\":\"" + TestImages.WEB + "\",\"annotations\":{"
                + annotations + "}}";
        FunctionDefinition definition = FunctionJson.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(definition.name()).isEqualTo(new FunctionName(name));
        ContainerOptions options = ContainerOptions.of(definition, DEFAULTS);
        Map<String, String> labels = Map.of(LABEL, MARK);
        engine.requireNetwork(options.network(), options.internal(), labels);
        String id = engine.create(options.plan("1", labels, Optional.of(secrets)));
        Cell cell = new Cell(options, id, engine.start(id));
        awaitListening(cell);
        return cell;
    }

    private static void awaitListening(Cell cell) throws Exception {
        for (int attempt = 0; attempt < 500; attempt++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(cell.address(), 8080), 1000);
                return;
            } catch (IOException ignored) {
                // Not yet.
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        throw new AssertionError(cell.address() + " does not listen");
    }

    @Test
    void the_node_can_call_it() throws Exception {
        assertThat(function.send("PATCH", "/a/b?c=d", "hello"))
                .startsWith("PATCH /a/b?c=d HTTP/1.1\n")
                .endsWith("\n\nhello");
        assertThat(outbound.ask("/")).startsWith("GET / ");
    }

    @Test
    void it_does_not_reach_this_machine() throws Exception {
        for (Cell cell : List.of(function, outbound)) {
            for (InetAddress address : hostAddresses()) {
                try (var service = new ServerSocket(0, 5, address)) {
                    new Socket(address, service.getLocalPort()).close();

                    assertThat(cell.reach(address.getHostAddress(), service.getLocalPort()))
                            .as("%s to %s", cell.options().function(), address)
                            .isNotEqualTo("connected");
                }
            }
        }
    }

    /** Those of the bridges are among them. */
    private static List<InetAddress> hostAddresses() throws IOException {
        List<InetAddress> addresses = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
                .filter(Inet4Address.class::isInstance)
                .toList();
        for (Cell cell : List.of(function, outbound)) {
            NetworkInterface bridge = NetworkInterface.getByName(
                    HostFirewall.bridge(cell.options().network()));
            assertThat(bridge).as("bridge of %s", cell.options().network()).isNotNull();
            assertThat(addresses).containsAnyElementsOf(Collections.list(bridge.getInetAddresses()));
        }
        return addresses;
    }

    @Test
    void it_does_not_reach_this_machine_over_ipv6_either() throws Exception {
        for (Cell cell : List.of(function, outbound)) {
            String name = HostFirewall.bridge(cell.options().network());
            try (var service = new ServerSocket(0, 5, InetAddress.getByName("::"))) {
                for (InetAddress address :
                        Collections.list(NetworkInterface.getByName(name).getInetAddresses())) {
                    String plain = address.getHostAddress().replaceFirst("%.*", "");
                    assertThat(cell.reach(plain + "%25eth0", service.getLocalPort()))
                            .isNotEqualTo("connected");
                }
            }
        }
    }

    @Test
    void it_does_not_reach_other_functions() throws Exception {
        List<Cell> cells = List.of(function, other, outbound);
        for (Cell from : cells) {
            for (Cell to : cells) {
                assertThat(from.reach(to.address(), 8080).equals("connected"))
                        .as("%s to %s", from.options().function(), to.options().function())
                        .isEqualTo(from.equals(to));
            }
        }
    }

    @Test
    void only_one_that_may_go_out_is_on_a_network_that_leads_out() throws Exception {
        engine.requireNetwork(function.options().network(), true, Map.of());
        engine.requireNetwork(outbound.options().network(), false, Map.of());
        assertThat(function.reach("198.51.100.1", 80)).isNotEqualTo("connected");
    }

    @Test
    void one_that_may_go_out_is_not_told_the_credentials_of_this_machine() throws Exception {
        assertThat(outbound.reach("169.254.169.254", 80)).isEqualTo("Connection refused");
    }

    @Test
    void it_writes_to_its_small_tmp_only() throws Exception {
        assertThat(function.send("PUT", "/file?path=/new", "x")).isEqualTo("Read-only file system");
        assertThat(function.send("PUT", "/file?path=/tmp/new", "x")).isEmpty();
        assertThat(function.ask("/file?path=/tmp/new")).isEqualTo("x");
        assertThat(function.send("PUT", "/file?path=/tmp/big", "x".repeat(2 << 20)))
                .isEqualTo("No space left on device");
        assertThat(function.send("PUT", "/file?path=/tmp/big", "")).isEmpty();
        assertThat(function.send("PUT", "/file?path=/proc/sys/kernel/hostname", "x"))
                .isNotEmpty();
    }

    @Test
    void it_reads_its_secrets_and_cannot_change_them() throws Exception {
        assertThat(function.ask("/secret?name=token")).isEqualTo("sesame");
        assertThat(function.send("PUT", "/secret?name=token", "x")).isEqualTo("Read-only file system");
    }

    @Test
    void it_has_no_privileges_and_gets_none() throws Exception {
        String status = function.ask("/file?path=/proc/self/status");
        assertThat(status)
                .containsPattern("CapEff:\\s+0+\n")
                .containsPattern("CapBnd:\\s+0+\n")
                .containsPattern("NoNewPrivs:\\s+1\n")
                .containsPattern("Seccomp:\\s+2\n");
        // NET_RAW is capability 13.
        assertThat(outbound.ask("/file?path=/proc/self/status"))
                .containsPattern("CapBnd:\\s+0+2000\n")
                .containsPattern("NoNewPrivs:\\s+1\n");
        assertThat(outbound.options().relaxations()).containsExactly("network=outbound", "capabilities=NET_RAW");
        assertThat(function.options().relaxations()).isEmpty();
    }

    @Test
    void it_cannot_fork_without_end() throws Exception {
        Cell forking = started("forking", "\"io.p2pfaas.pids\":\"20\"");

        assertThat(Integer.parseInt(forking.ask("/fork?count=1"))).isBetween(1, 20);
        assertThat(function.ask("/")).startsWith("GET / ");
    }

    @Test
    void one_that_eats_memory_is_ended_and_others_are_not() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        var watch = engine.watch(LABEL, MARK, new Watcher() {
            @Override
            public void died(String id, int exitCode) {
                told.add("died " + id + " " + exitCode);
            }

            @Override
            public void outOfMemory(String id) {
                told.add("out of memory " + id);
            }

            @Override
            public void lost() {
                told.add("lost");
            }
        });
        Cell eating = started("eating", "");
        var hungry = HttpRequest.newBuilder(URI.create("http://" + eating.address() + ":8080/eat"))
                .build();
        var unanswered = HTTP.sendAsync(hungry, BodyHandlers.ofString());

        List<String> first = List.of(next(told), next(told));
        assertThat(first).containsExactlyInAnyOrder("out of memory " + eating.id(), "died " + eating.id() + " 137");
        assertThat(engine.inspect(eating.id()).orElseThrow().outOfMemory()).isTrue();
        assertThat(unanswered).failsWithin(Duration.ofSeconds(10));
        assertThat(function.ask("/")).startsWith("GET / ");
        watch.close();
    }

    private static String next(BlockingQueue<String> told) throws InterruptedException {
        return String.valueOf(told.poll(30, TimeUnit.SECONDS));
    }
}
