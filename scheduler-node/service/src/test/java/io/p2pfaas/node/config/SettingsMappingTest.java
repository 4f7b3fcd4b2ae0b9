package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicPattern;
import io.p2pfaas.node.call.TopicTemplate;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.plugin.Plugins;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsMappingTest {
    @TempDir
    private Path folder = Path.of(".");

    private static final String TLS = Loading.tlsFolder();

    /** Every setting with a value that is not its default; no-queue and password-file have tests of their own. */
    private static final Map<String, List<String>> ALL = Map.ofEntries(
            Map.entry("id", List.of("n1")),
            Map.entry("http.address", List.of("[::1]:0")),
            Map.entry("http.max-body", List.of("1GB")),
            Map.entry("http.max-header", List.of("65536")),
            Map.entry("http.idle-timeout", List.of("2m")),
            Map.entry("http.read-timeout", List.of("1.5s")),
            Map.entry("http.max-buffered", List.of("2GiB")),
            Map.entry("http.io-threads", List.of("3")),
            Map.entry("broker.url", List.of("mqtts://broker.example", "wss://spare.example:8884/mq")),
            Map.entry("broker.root", List.of("site-7/p2pfaas")),
            Map.entry("broker.user", List.of("edge")),
            Map.entry("broker.password", List.of("hunter2")),
            Map.entry("broker.tls.ca-file", List.of(TLS + "ca.crt")),
            Map.entry("broker.tls.cert-file", List.of(TLS + "ec.crt")),
            Map.entry("broker.tls.key-file", List.of(TLS + "ec.key")),
            Map.entry("broker.tls.verify-host", List.of("false")),
            Map.entry("broker.keep-alive", List.of("7s")),
            Map.entry("broker.connect-timeout", List.of("8s")),
            Map.entry("broker.reconnect-max", List.of("900ms")),
            Map.entry("broker.reply-topics", List.of("plant/+/answers/#", "lab/answers")),
            Map.entry("slots", List.of("9")),
            Map.entry("queue", List.of("0")),
            Map.entry("scheduler", List.of("PowerOfNScheduler(1,2,true,1)")),
            Map.entry("call.timeout", List.of("3s")),
            Map.entry("call.max-in-flight", List.of("77")),
            Map.entry("call.dedupe-window", List.of("11s")),
            Map.entry("call.reply-expiry", List.of("2h")),
            Map.entry(
                    "mappings",
                    List.of("topic=sensors/+/raw function=hop to=sensors/{1}/small errors=bad/{1} retain=true")),
            Map.entry("device.rate", List.of("5/s")),
            Map.entry("device.burst", List.of("9")),
            Map.entry("device.quota", List.of("1000/d")),
            Map.entry("device.max-in-flight", List.of("3")),
            Map.entry("device.fn-callers", List.of("7")),
            Map.entry("call.max-attempts", List.of("5")),
            Map.entry("call.accept-timeout", List.of("250ms")),
            Map.entry("call.heartbeat", List.of("500ms")),
            Map.entry("call.book-above", List.of("1MiB")),
            Map.entry("functions", List.of("slow=builtin:sleep?mean=100ms&dist=exp", "hop=http://my_host:9000/fn")),
            Map.entry("idempotent", List.of("hop")),
            Map.entry("http.admin-user", List.of("chief")),
            Map.entry("http.admin-password", List.of("letmein")),
            Map.entry("http.tokens-file", List.of(TLS + "tokens")),
            Map.entry("http.tls.cert-file", List.of(TLS + "ec.crt")),
            Map.entry("http.tls.key-file", List.of(TLS + "ec.key")),
            Map.entry("http.rate", List.of("50/s")),
            Map.entry("http.burst", List.of("70")),
            Map.entry("docker.host", List.of("unix:///run/engine.sock")),
            Map.entry("docker.images", List.of("ghcr.io/openfaas/*", "local/*")),
            Map.entry("docker.pull", List.of("false")),
            Map.entry("docker.memory", List.of("64MiB")),
            Map.entry("docker.cpus", List.of("0.25")),
            Map.entry("docker.pids", List.of("32")),
            Map.entry("docker.tmpfs", List.of("1MiB")),
            Map.entry("docker.max-replicas", List.of("3")),
            Map.entry("docker.concurrency", List.of("2")),
            Map.entry("docker.pause-after", List.of("5s")),
            Map.entry("docker.stop-after", List.of("1m")),
            Map.entry("docker.start-timeout", List.of("4s")),
            Map.entry("docker.keep", List.of("true")),
            Map.entry("async.queue", List.of("10")),
            Map.entry("async.timeout", List.of("1m")),
            Map.entry("async.result-ttl", List.of("2m")),
            Map.entry("async.callbacks", List.of("http://127.0.0.1:9000/results/")),
            Map.entry("tracing.otlp-endpoint", List.of("https://collector.example:4318/otlp")),
            Map.entry("tracing.sample", List.of("0.25")),
            Map.entry("tracing.service-name", List.of("plant-7")),
            Map.entry("tracing.headers-file", List.of(TLS + "otlp-headers")),
            Map.entry("log.format", List.of("json")),
            Map.entry("log.level", List.of("warn", "io.p2pfaas.node.mqtt=debug")),
            Map.entry("discovery-port", List.of("19000")),
            Map.entry("learner-port", List.of("19020")),
            Map.entry("learner.rule", List.of("compat")),
            Map.entry("learner.deadline", List.of("300ms")),
            Map.entry("learner.parameters", List.of("actions_n=14 alpha=0.001")),
            Map.entry("data", List.of("/data")),
            Map.entry("shadow", List.of("NoScheduler")),
            Map.entry("plugins", List.of("src")),
            Map.entry("stop-grace", List.of("0s")));

    private static final TopicPattern SENSORS = TopicPattern.of("sensors/+/raw");

    private static final NodeSettings MAPPED = new NodeSettings(
            new NodeId("n1"),
            new HttpSettings(
                    new HostPort("::1", 0),
                    1_000_000_000,
                    65_536,
                    Duration.ofMinutes(2),
                    Duration.ofMillis(1500),
                    2L << 30,
                    3),
            new BrokerSettings(
                    List.of(URI.create("mqtts://broker.example:8883"), URI.create("wss://spare.example:8884/mq")),
                    new BrokerTls(
                            new TlsFiles(
                                    Optional.of(Path.of(TLS + "ca.crt")),
                                    Optional.of(Path.of(TLS + "ec.crt")),
                                    Optional.of(Path.of(TLS + "ec.key"))),
                            false),
                    "site-7/p2pfaas",
                    Optional.of("edge"),
                    Optional.of(new Secret("hunter2")),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(8),
                    Duration.ofMillis(900),
                    List.of("plant/+/answers/#", "lab/answers")),
            new CapacitySettings(9, 0),
            Optional.of(PolicySpec.parse("PowerOfNScheduler(1,2,true,1)")),
            Optional.of(PolicySpec.parse("NoScheduler")),
            Plugins.none(),
            new CallSettings(
                    Duration.ofSeconds(3),
                    77,
                    Duration.ofSeconds(11),
                    Duration.ofHours(2),
                    5,
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    1 << 20),
            new DeviceSettings(
                    List.of(new TopicMapping(
                            SENSORS,
                            new FunctionName("hop"),
                            Optional.of(TopicTemplate.of("sensors/{1}/small", SENSORS)),
                            Optional.of(TopicTemplate.of("bad/{1}", SENSORS)),
                            true)),
                    new CallerLimit(
                            Optional.of(new Allowance(5, Duration.ofSeconds(1))),
                            9,
                            Optional.of(new Allowance(1000, Duration.ofDays(1))),
                            3),
                    7),
            new DiscoverySettings(Optional.of(19_000), new MachineSettings("::1", "n1", "", List.of())),
            new LearnerOptions(
                    Optional.of(19_020),
                    new LearnerSettings(true, 300_000_000, LearnerParameters.parse("actions_n=14 alpha=0.001"))),
            List.of(
                    new FunctionSetting(new FunctionName("slow"), "builtin:sleep?mean=100ms&dist=exp", false),
                    new FunctionSetting(new FunctionName("hop"), "http://my_host:9000/fn", true)),
            new AccessSettings(
                    Optional.of(new AdminSettings("chief", new Secret("letmein"))),
                    Optional.of(Path.of(TLS + "tokens")),
                    new TlsFiles(
                            Optional.empty(),
                            Optional.of(Path.of(TLS + "ec.crt")),
                            Optional.of(Path.of(TLS + "ec.key"))),
                    new CallerLimit(Optional.of(new Allowance(50, Duration.ofSeconds(1))), 70, Optional.empty(), 0)),
            new DockerSettings(
                    "unix:///run/engine.sock",
                    List.of("ghcr.io/openfaas/*", "local/*"),
                    false,
                    64 << 20,
                    250_000_000,
                    32,
                    1 << 20,
                    3,
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(4),
                    true),
            new AsyncSettings(
                    10,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    List.of(URI.create("http://127.0.0.1:9000/results/"))),
            new TracingSettings(
                    Optional.of(URI.create("https://collector.example:4318/otlp/v1/traces")),
                    0.25,
                    "plant-7",
                    Optional.of(Path.of(TLS + "otlp-headers"))),
            new LogSettings(
                    LogSettings.Format.JSON,
                    Map.of("", LogSettings.Level.WARN, "io.p2pfaas.node.mqtt", LogSettings.Level.DEBUG)),
            Optional.of(Path.of("/data")),
            Duration.ZERO);

    @Test
    void without_any_source_the_defaults_hold() {
        NodeSettings settings = Loading.settings(Loading.flags(Map.of()));

        assertThat(settings)
                .isEqualTo(new NodeSettings(
                        settings.id(),
                        new HttpSettings(
                                new HostPort("127.0.0.1", 18080),
                                16 << 20,
                                32 << 10,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(20),
                                0,
                                0),
                        new BrokerSettings(
                                List.of(URI.create("mqtt://127.0.0.1:1883")),
                                BrokerTls.DEFAULT,
                                "p2pfaas",
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                List.of()),
                        new CapacitySettings(4, 4),
                        Optional.empty(),
                        Optional.empty(),
                        Plugins.none(),
                        new CallSettings(
                                Duration.ofSeconds(30),
                                10_000,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(10),
                                8,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                64 << 10),
                        DeviceSettings.NONE,
                        new DiscoverySettings(
                                Optional.empty(),
                                new MachineSettings("127.0.0.1", settings.id().value(), "", List.of())),
                        new LearnerOptions(Optional.empty(), LearnerSettings.DEFAULT),
                        List.of(),
                        new AccessSettings(Optional.empty(), Optional.empty(), TlsFiles.NONE, CallerLimit.NONE),
                        new DockerSettings(
                                "unix:///var/run/docker.sock",
                                List.of(),
                                true,
                                256 << 20,
                                1_000_000_000,
                                128,
                                16 << 20,
                                20,
                                0,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(20),
                                false),
                        new AsyncSettings(1000, Duration.ofMinutes(5), Duration.ofMinutes(5), List.of()),
                        new TracingSettings(Optional.empty(), 1, "p2pfaas", Optional.empty()),
                        new LogSettings(LogSettings.Format.AUTO, Map.of("", LogSettings.Level.INFO)),
                        Optional.empty(),
                        Duration.ofSeconds(10)));
    }

    @Test
    void the_default_id_is_the_host_name_in_allowed_characters() {
        assertThat(HostName.toNodeId("edge_1.plant.example")).isEqualTo(new NodeId("edge_1-plant-example"));
        assertThat(HostName.toNodeId("-x".repeat(60)).value()).hasSize(64);
        assertThat(HostName.toNodeId("ß")).isEqualTo(new NodeId("node"));
        assertThat(HostName.toNodeId("")).isEqualTo(new NodeId("node"));
    }

    @Test
    void every_setting_can_be_given_as_a_flag() {
        assertThat(Loading.settings(Loading.flags(ALL))).isEqualTo(MAPPED);
    }

    @Test
    void every_setting_can_be_given_in_the_environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Setting<?> setting : SettingsTable.all()) {
            List<String> values = ALL.getOrDefault(setting.key(), List.of());
            environment.put(setting.variable(), String.join(",", values));
        }

        LoadResult.Loaded loaded = Loading.loaded(Loading.environment(environment));

        assertThat(loaded.settings()).isEqualTo(MAPPED);
        assertThat(loaded.warnings()).hasSize(1).first().asString().contains("broker.tls.verify-host");
    }

    @Test
    void every_setting_can_be_given_in_a_file() throws IOException {
        assertThat(Loading.settings(Loading.file(folder, """
                        id: n1
                        http: {address: "[::1]:0", max-body: 1GB, max-header: 65536, idle-timeout: 2m,
                               read-timeout: 1.5s, max-buffered: 2GiB, io-threads: 3, admin-user: chief,
                               admin-password: letmein, tokens-file: TLS/tokens,
                               tls: {cert-file: TLS/ec.crt, key-file: TLS/ec.key}, rate: 50/s, burst: 70}
                        docker: {host: "unix:///run/engine.sock", images: ["ghcr.io/openfaas/*", "local/*"], pull: false,
                                 memory: 64MiB, cpus: 0.25, pids: 32, tmpfs: 1MiB, max-replicas: 3, concurrency: 2,
                                 pause-after: 5s, stop-after: 1m, start-timeout: 4s, keep: true}
                        async: {queue: 10, timeout: 1m, result-ttl: 2m, callbacks: ["http://127.0.0.1:9000/results/"]}
                        broker:
                          url: [mqtts://broker.example, "wss://spare.example:8884/mq"]
                          tls: {ca-file: TLS/ca.crt, cert-file: TLS/ec.crt, key-file: TLS/ec.key, verify-host: false}
                          root: site-7/p2pfaas
                          user: edge
                          password: hunter2
                          keep-alive: 7s
                          connect-timeout: 8s
                          reconnect-max: 900ms
                          reply-topics:
                            - plant/+/answers/#
                            - lab/answers
                        slots: 9
                        queue: 0
                        scheduler: PowerOfNScheduler(1,2,true,1)
                        call.timeout: 3s
                        call:
                          max-in-flight: 77
                          dedupe-window: 11s
                          max-attempts: 5
                          reply-expiry: 2h
                          accept-timeout: 250ms
                          heartbeat: 500ms
                          book-above: 1MiB
                        mappings:
                          - topic: sensors/+/raw
                            function: hop
                            to: sensors/{1}/small
                            errors: bad/{1}
                            retain: true
                        device: {rate: 5/s, burst: 9, quota: 1000/d, max-in-flight: 3, fn-callers: 7}
                        functions:
                          slow: builtin:sleep?mean=100ms&dist=exp
                          hop:
                            run: http://my_host:9000/fn
                            idempotent: true
                        tracing:
                          otlp-endpoint: https://collector.example:4318/otlp
                          sample: 0.25
                          service-name: plant-7
                          headers-file: TLS/otlp-headers
                        log:
                          format: json
                          level: [warn, io.p2pfaas.node.mqtt=debug]
                        discovery-port: 19000
                        learner-port: 19020
                        learner:
                          rule: compat
                          deadline: 300ms
                          parameters: actions_n=14 alpha=0.001
                        data: /data
                        shadow: NoScheduler
                        plugins: src
                        stop-grace: 0s
                        """.replace("TLS/", TLS))))
                .isEqualTo(MAPPED);
    }

    @Test
    void a_file_may_be_JSON() throws IOException {
        NodeSettings settings = Loading.settings(Loading.file(
                folder, "{\"slots\": 7, \"http\": \"0.0.0.0:80\", \"broker\": {\"reply-topics\": [\"a\", \"b\"]}}"));

        assertThat(settings.capacity().slots()).isEqualTo(7);
        assertThat(settings.http().address()).isEqualTo(new HostPort("0.0.0.0", 80));
        assertThat(settings.broker().replyTopics()).containsExactly("a", "b");
    }

    @Test
    void a_file_of_comments_only_sets_nothing() throws IOException {
        assertThat(Loading.settings(Loading.file(folder, "# later\n")))
                .isEqualTo(Loading.settings(Loading.flags(Map.of())));
    }

    @Test
    void the_environment_can_name_the_file() throws IOException {
        Loading.file(folder, "slots: 7");

        LoadResult.Loaded loaded = Loading.loaded(Loading.environment(
                Map.of("P2PFAAS_CONFIG", folder.resolve("node.yaml").toString())));

        assertThat(loaded.settings().capacity().slots()).isEqualTo(7);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void flags_overrule_the_environment_and_the_environment_overrules_the_file() throws IOException {
        LoadResult.Loaded loaded = Loading.loaded(Loading.file(
                folder,
                "{slots: 1, queue: 1, id: file, functions: {a: 'builtin:echo', b: {run: 'builtin:echo', idempotent: true}}}",
                Map.of("P2PFAAS_QUEUE", "2", "P2PFAAS_ID", "environment", "P2PFAAS_FUNCTIONS", "c=builtin:echo"),
                Map.of("id", List.of("flag"), "functions", List.of("b=builtin:hash"))));

        assertThat(loaded.settings().id()).isEqualTo(new NodeId("flag"));
        assertThat(loaded.settings().capacity()).isEqualTo(new CapacitySettings(1, 2));
        assertThat(loaded.settings().functions())
                .containsExactly(
                        new FunctionSetting(new FunctionName("a"), "builtin:echo", false),
                        new FunctionSetting(new FunctionName("b"), "builtin:hash", true),
                        new FunctionSetting(new FunctionName("c"), "builtin:echo", false));
        assertThat(loaded.effective().text().lines())
                .contains(
                        "id = flag   (from flag)",
                        "slots = 1   (from file)",
                        "queue = 2   (from environment)",
                        "stop-grace = 10s   (from default)",
                        "scheduler = (automatic)   (from default)",
                        "functions.a = builtin:echo   (from file)",
                        "functions.b = builtin:hash   (from flag)",
                        "functions.c = builtin:echo   (from environment)",
                        "idempotent = b   (from file)");
    }

    @Test
    void a_list_of_a_stronger_source_replaces_the_weaker_one() throws IOException {
        NodeSettings settings = Loading.settings(Loading.file(
                folder, "broker: {reply-topics: [a, b]}", Map.of(), Map.of("broker.reply-topics", List.of("c"))));

        assertThat(settings.broker().replyTopics()).containsExactly("c");
    }

    @Test
    void no_queue_means_a_queue_of_none() throws IOException {
        assertThat(Loading.settings(Loading.flag("no-queue", "true")).capacity().queue())
                .isZero();
        assertThat(Loading.settings(Loading.file(folder, "queue: 9", Map.of("P2PFAAS_NO_QUEUE", "true"), Map.of()))
                        .capacity()
                        .queue())
                .isZero();
        assertThat(Loading.settings(Loading.file(folder, "no-queue: true", Map.of("P2PFAAS_QUEUE", "9"), Map.of()))
                        .capacity()
                        .queue())
                .isEqualTo(9);
        assertThat(Loading.settings(Loading.file(folder, "{no-queue: false, queue: 9}"))
                        .capacity()
                        .queue())
                .isEqualTo(9);
    }

    @Test
    void the_original_variable_for_the_data_folder_still_works() {
        assertThat(Loading.settings(Loading.environment(Map.of("P2PFAAS_DATA_PATH", "/data")))
                        .data())
                .contains(Path.of("/data"));
    }

    @Test
    void functions_with_commas_are_separated_by_line_ends_in_the_environment() {
        assertThat(Loading.settings(
                                Loading.environment(Map.of("P2PFAAS_FUNCTIONS", "a=builtin:x?v=1,2\nb=builtin:echo\n")))
                        .functions())
                .extracting(FunctionSetting::spec)
                .containsExactly("builtin:x?v=1,2", "builtin:echo");
    }

    @Test
    void a_node_with_the_certificate_of_another_is_warned() {
        LoadResult.Loaded loaded = Loading.loaded(Loading.flags(Map.of(
                "id", List.of("n2"),
                "broker.url", List.of("mqtts://broker.example"),
                "broker.tls.cert-file", List.of(TLS + "ec.crt"),
                "broker.tls.key-file", List.of(TLS + "ec.key"))));

        assertThat(loaded.warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("'n1'")
                .contains("n2");
    }
}
