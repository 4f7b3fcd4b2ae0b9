package io.p2pfaas.node.config;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.config.Quantities.ByteSize;
import io.p2pfaas.node.config.Quantities.TimeSpan;
import io.p2pfaas.node.config.Quantities.WholeNumber;
import io.p2pfaas.node.config.Quantities.YesOrNo;
import io.p2pfaas.node.config.Setting.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All settings of the node. Flags, environment variables, file keys, messages and {@code --help} are made of this
 * table; a new setting is one entry here, one field in the records and one line in {@code docs/examples/node.yaml}.
 */
public final class SettingsTable {
    /** The most slots that a node can have. */
    public static final int MAX_SLOTS = 10_000;

    static final int MAX_QUEUE = 100_000;

    static final Setting<NodeId> ID = Setting.of("id", new Words.Node(), "name of this node, unique in the cluster")
            .defaultText("(the host's name)")
            .example("edge-1")
            .done();

    static final Setting<HostPort> HTTP_ADDRESS = Setting.of(
                    "http.address", new Addresses.Listen(), "where the HTTP entrance listens")
            .flag("--http")
            .shortKey("http")
            .defaultsTo("127.0.0.1:18080")
            .done();
    static final Setting<Long> HTTP_MAX_BODY = Setting.of(
                    "http.max-body", new ByteSize("1KiB", "1GiB"), "largest request body")
            .defaultsTo("16MiB")
            .done();
    static final Setting<Long> HTTP_MAX_HEADER = Setting.of(
                    "http.max-header", new ByteSize("1KiB", "1MiB"), "largest request line and headers together")
            .defaultsTo("32KiB")
            .done();
    static final Setting<Duration> HTTP_IDLE_TIMEOUT = Setting.of(
                    "http.idle-timeout",
                    new TimeSpan("100ms", "1h"),
                    "a connection without a request is closed after this time")
            .defaultsTo("60s")
            .done();
    static final Setting<Duration> HTTP_READ_TIMEOUT = Setting.of(
                    "http.read-timeout",
                    new TimeSpan("100ms", "1h"),
                    "a body that has not arrived within this time is refused")
            .defaultsTo("20s")
            .done();
    static final Setting<Long> HTTP_MAX_BUFFERED = Setting.of(
                    "http.max-buffered",
                    new ByteSize("1MiB", "1024GiB", "a quarter of the heap"),
                    "bodies held in memory at once, all requests together")
            .defaultsTo("0")
            .defaultText("(a quarter of the heap)")
            .example("256MiB")
            .done();
    static final Setting<Integer> HTTP_IO_THREADS = Setting.of(
                    "http.io-threads", new WholeNumber(0, 256), "threads that serve HTTP connections")
            .defaultsTo("0")
            .defaultText("(automatic)")
            .example("2")
            .done();

    static final Setting<URI> BROKER_URL = Setting.of(
                    "broker.url",
                    new Addresses.Broker(),
                    "the MQTT broker, or several: the first that takes the node is used")
            .shape(Shape.LIST)
            .flag("--broker")
            .shortKey("broker")
            .defaultsTo("mqtt://127.0.0.1:1883")
            .done();
    static final Setting<String> BROKER_ROOT = Setting.of(
                    "broker.root", new Topics.Root(), "topic levels that all topics of the cluster begin with")
            .defaultsTo("p2pfaas")
            .done();
    static final Setting<String> BROKER_USER = Setting.of(
                    "broker.user", new Words.User(true), "user name for the broker")
            .defaultText("(none)")
            .example("edge-1")
            .done();
    static final Setting<Secret> BROKER_PASSWORD = Setting.of(
                    "broker.password",
                    new Words.Password(),
                    "password for the broker; other users of the machine can see flags, so better a password file")
            .defaultText("(none)")
            .example("...")
            .secret()
            .done();
    static final Setting<Path> BROKER_PASSWORD_FILE = Setting.of(
                    "broker.password-file", new Words.Place("FILE"), "file that holds the password and nothing else")
            .defaultText("(none)")
            .example("/run/secrets/broker-password")
            .done();
    static final Setting<Path> BROKER_TLS_CA_FILE = Setting.of(
                    "broker.tls.ca-file",
                    new Words.Place("FILE"),
                    "PEM file of the CAs that brokers' certificates may be from")
            .defaultText("(those the JVM trusts)")
            .example("/etc/p2pfaas/ca.crt")
            .done();
    static final Setting<Path> BROKER_TLS_CERT_FILE = Setting.of(
                    "broker.tls.cert-file",
                    new Words.Place("FILE"),
                    "PEM file of this node's certificate, for brokers that ask for one")
            .defaultText("(none)")
            .example("/etc/p2pfaas/edge-1.crt")
            .done();
    static final Setting<Path> BROKER_TLS_KEY_FILE = Setting.of(
                    "broker.tls.key-file",
                    new Words.Place("FILE"),
                    "PEM file of the key of broker.tls.cert-file, PKCS#8, RSA or EC, not encrypted")
            .defaultText("(none)")
            .example("/etc/p2pfaas/edge-1.key")
            .done();
    static final Setting<Boolean> BROKER_TLS_VERIFY_HOST = Setting.of(
                    "broker.tls.verify-host",
                    new YesOrNo(),
                    "whether a broker's certificate must be for the host in broker.url; false lets others pose as it")
            .defaultsTo("true")
            .done();
    static final Setting<Duration> BROKER_KEEP_ALIVE = Setting.of(
                    "broker.keep-alive",
                    new TimeSpan("1s", "18h", true),
                    "the broker reports this node as lost after one and a half times this silence")
            .defaultsTo("5s")
            .done();
    static final Setting<Duration> BROKER_CONNECT_TIMEOUT = Setting.of(
                    "broker.connect-timeout", new TimeSpan("100ms", "5m"), "an attempt to connect ends after this time")
            .defaultsTo("5s")
            .done();
    static final Setting<Duration> BROKER_RECONNECT_MAX = Setting.of(
                    "broker.reconnect-max",
                    new TimeSpan("100ms", "1h"),
                    "the longest pause between two attempts to connect")
            .defaultsTo("2s")
            .done();
    static final Setting<String> BROKER_REPLY_TOPICS = Setting.of(
                    "broker.reply-topics",
                    new Topics.Filter(),
                    "topics that callers may name for answers besides their own inboxes")
            .shape(Shape.LIST)
            .defaultText("(none)")
            .example("plant/+/answers/#")
            .done();

    static final Setting<Integer> SLOTS = Setting.of(
                    "slots", new WholeNumber(1, MAX_SLOTS), "calls that may run at once")
            .defaultsTo("4")
            .done();
    static final Setting<Integer> QUEUE = Setting.of("queue", new WholeNumber(0, MAX_QUEUE), "calls that may wait")
            .defaultsTo("4")
            .done();
    static final Setting<Boolean> NO_QUEUE = Setting.of("no-queue", new YesOrNo(), "no call waits, as with queue 0")
            .shape(Shape.SWITCH)
            .defaultsTo("false")
            .done();
    static final Setting<PolicySpec> SCHEDULER = Setting.of(
                    "scheduler", new Words.Policy(false), "scheduling algorithm to start with")
            .defaultText("(automatic)")
            .example("PowerOfNScheduler(1,2,true,1)")
            .done();

    static final Setting<PolicySpec> SHADOW = Setting.of(
                    "shadow", new Words.Policy(true), "a second algorithm, whose decisions are only counted")
            .defaultText("(none)")
            .example("LeastLoadedSpill")
            .done();

    static final Setting<Duration> CALL_TIMEOUT = Setting.of(
                    "call.timeout", new TimeSpan("1ms", "24h"), "time budget of a call whose caller names none")
            .defaultsTo("30s")
            .done();
    static final Setting<Integer> CALL_MAX_IN_FLIGHT = Setting.of(
                    "call.max-in-flight", new WholeNumber(1, 1_000_000), "calls that the node keeps in mind at once")
            .defaultsTo("10000")
            .done();
    static final Setting<Duration> CALL_DEDUPE_WINDOW = Setting.of(
                    "call.dedupe-window",
                    new TimeSpan("1s", "1h"),
                    "how long a request that comes a second time gets the stored answer")
            .defaultsTo("60s")
            .done();
    static final Setting<Duration> CALL_REPLY_EXPIRY = Setting.of(
                    "call.reply-expiry",
                    new TimeSpan("0s", "168h"),
                    "how long the broker keeps answers for devices that are away; 0s = while the call's budget lasts")
            .defaultsTo("10m")
            .done();
    static final Setting<Integer> CALL_MAX_ATTEMPTS = Setting.of(
                    "call.max-attempts", new WholeNumber(1, 64), "forwards, offers and waits for one call")
            .defaultsTo("8")
            .done();
    static final Setting<Duration> CALL_ACCEPT_TIMEOUT = Setting.of(
                    "call.accept-timeout",
                    new TimeSpan("10ms", "1m"),
                    "a peer that has not answered at all after this time is passed over")
            .defaultsTo("1s")
            .done();
    static final Setting<Duration> CALL_HEARTBEAT = Setting.of(
                    "call.heartbeat", new TimeSpan("50ms", "1m"), "peers are told the load at least this often")
            .defaultsTo("1s")
            .done();
    static final Setting<Long> CALL_BOOK_ABOVE = Setting.of(
                    "call.book-above",
                    new ByteSize("0", "1GiB"),
                    "larger bodies are sent to a peer only after a slot was booked there")
            .defaultsTo("64KiB")
            .done();

    static final Setting<FunctionSetting> FUNCTIONS = Setting.of(
                    "functions", new FunctionText(), "a function that is deployed from the start")
            .shape(Shape.MAP)
            .flag("--function")
            .defaultText("(none)")
            .example("echo=builtin:echo")
            .done();
    static final Setting<FunctionName> IDEMPOTENT = Setting.of(
                    "idempotent",
                    new Words.Function(),
                    "one of these functions that may be run again if it is unknown whether it ran")
            .shape(Shape.LIST)
            .defaultText("(none)")
            .example("echo")
            .done();

    static final Setting<Integer> DISCOVERY_PORT = Setting.of(
                    "discovery-port",
                    new WholeNumber(1, 65_535),
                    "port, on the host of http.address, for scripts that ask P2PFaaS's discovery service")
            .defaultText("(off)")
            .example("19000")
            .done();

    static final Setting<Integer> LEARNER_PORT = Setting.of(
                    "learner-port",
                    new WholeNumber(1, 65_535),
                    "port, on the host of http.address, for clients that train the learner as P2PFaaS's")
            .defaultText("(off)")
            .example("19020")
            .done();
    static final Setting<Boolean> LEARNER_RULE = Setting.of(
                    "learner.rule",
                    new LearnerWords.Rule(),
                    "how the learner learns: correct, or compat = as P2PFaaS, faults included")
            .defaultsTo("correct")
            .done();
    static final Setting<Duration> LEARNER_DEADLINE = Setting.of(
                    "learner.deadline",
                    new TimeSpan("1ms", "1h"),
                    "the node rewards itself for calls that are answered within this time")
            .defaultText("(only if the call names one)")
            .example("300ms")
            .done();
    static final Setting<LearnerParameters> LEARNER_PARAMETERS = Setting.of(
                    "learner.parameters", new LearnerWords.Parameters(), "the learner's parameters to start with")
            .defaultText("(P2PFaaS's)")
            .example("actions_n=3 alpha=0.05")
            .done();

    static final Setting<Path> DATA = Setting.of(
                    "data", new Words.Place("DIR"), "folder for what must survive a restart")
            .otherVariable("P2PFAAS_DATA_PATH")
            .defaultText("(none: nothing is kept)")
            .example("/var/lib/p2pfaas")
            .done();
    static final Setting<Path> PLUGINS = Setting.of(
                    "plugins", new Words.Place("DIR"), "folder of jars with further scheduling algorithms")
            .defaultText("(plugins, in the data folder or, without one, in the working directory)")
            .example("/usr/lib/p2pfaas/plugins")
            .done();
    static final Setting<Duration> STOP_GRACE = Setting.of(
                    "stop-grace", new TimeSpan("0s", "1h"), "how long calls may go on after the node was asked to stop")
            .defaultsTo("10s")
            .done();

    private static final List<Setting<?>> BEFORE_FUNCTIONS = List.of(
            ID,
            HTTP_ADDRESS,
            HTTP_MAX_BODY,
            HTTP_MAX_HEADER,
            HTTP_IDLE_TIMEOUT,
            HTTP_READ_TIMEOUT,
            HTTP_MAX_BUFFERED,
            HTTP_IO_THREADS,
            AccessTable.ADMIN_USER,
            AccessTable.ADMIN_PASSWORD,
            AccessTable.ADMIN_PASSWORD_FILE,
            AccessTable.TOKENS_FILE,
            AccessTable.TLS_CERT_FILE,
            AccessTable.TLS_KEY_FILE,
            AccessTable.RATE,
            AccessTable.BURST,
            BROKER_URL,
            BROKER_ROOT,
            BROKER_USER,
            BROKER_PASSWORD,
            BROKER_PASSWORD_FILE,
            BROKER_TLS_CA_FILE,
            BROKER_TLS_CERT_FILE,
            BROKER_TLS_KEY_FILE,
            BROKER_TLS_VERIFY_HOST,
            BROKER_KEEP_ALIVE,
            BROKER_CONNECT_TIMEOUT,
            BROKER_RECONNECT_MAX,
            BROKER_REPLY_TOPICS,
            SLOTS,
            QUEUE,
            NO_QUEUE,
            SCHEDULER,
            SHADOW,
            CALL_TIMEOUT,
            CALL_MAX_IN_FLIGHT,
            CALL_DEDUPE_WINDOW,
            CALL_REPLY_EXPIRY,
            CALL_MAX_ATTEMPTS,
            CALL_ACCEPT_TIMEOUT,
            CALL_HEARTBEAT,
            CALL_BOOK_ABOVE,
            FUNCTIONS,
            IDEMPOTENT);

    private static final List<Setting<?>> BEHIND_FUNCTIONS = List.of(
            DISCOVERY_PORT,
            LEARNER_PORT,
            LEARNER_RULE,
            LEARNER_DEADLINE,
            LEARNER_PARAMETERS,
            DATA,
            PLUGINS,
            STOP_GRACE);

    private static final List<Setting<?>> ALL = Stream.of(
                    BEFORE_FUNCTIONS, DeviceTable.ALL, FunctionsTable.ALL, TracingTable.ALL, BEHIND_FUNCTIONS)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private SettingsTable() {}

    /** All settings, in the order in which they are explained and printed. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
