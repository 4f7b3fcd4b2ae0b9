package io.p2pfaas.node.config;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.config.GivenReader.Read;
import io.p2pfaas.plugin.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the record tree of what was given, and looks for settings that contradict each other. */
final class SettingsBuilder {
    private final GivenValues given;
    private final List<Problem> problems;
    private final GivenReader reader;
    private final Passwords passwords;
    private final NodeId defaultId;
    private final Optional<KeptSettings> kept;
    private final Plugins plugins;

    SettingsBuilder(
            GivenValues given, List<Problem> problems, NodeId defaultId, Optional<KeptSettings> kept, Plugins plugins) {
        this.given = given;
        this.problems = problems;
        this.reader = new GivenReader(given, problems);
        this.passwords = new Passwords(given, reader);
        this.defaultId = defaultId;
        this.kept = kept;
        this.plugins = plugins;
    }

    /** The settings; meaningless if there are problems afterwards. */
    NodeSettings build() {
        // Loaded already; here only what is wrong with it is reported.
        reader.find(SettingsTable.PLUGINS);
        boolean queueEnabled = isQueueEnabled();
        settleAlternatives(SettingsTable.BROKER_PASSWORD, SettingsTable.BROKER_PASSWORD_FILE);
        settleAlternatives(AccessTable.ADMIN_PASSWORD, AccessTable.ADMIN_PASSWORD_FILE);
        TracingReader tracing = new TracingReader(given, reader);
        NodeId id = reader.find(SettingsTable.ID).orElse(defaultId);
        HttpSettings http = http();
        BrokerSettings broker = new BrokerReader(given, reader, passwords).read();
        return new NodeSettings(
                id,
                http,
                broker,
                new CapacitySettings(
                        reader.value(SettingsTable.SLOTS), reader.value(SettingsTable.QUEUE), queueEnabled),
                policy(SettingsTable.SCHEDULER),
                policy(SettingsTable.SHADOW),
                plugins,
                call(),
                new DeviceReader(given, reader).read(broker.root()),
                discovery(id, http),
                learner(),
                functions(),
                new AccessReader(given, reader, passwords).read(),
                docker(),
                async(),
                tracing.tracing(),
                tracing.log(),
                reader.find(SettingsTable.DATA),
                reader.value(SettingsTable.STOP_GRACE));
    }

    /** A policy is tried out, so that what is wrong with it stops the start and not the first call. */
    private Optional<PolicySpec> policy(Setting<PolicySpec> setting) {
        Optional<PolicySpec> spec = reader.find(setting);
        if (setting == SettingsTable.SHADOW
                && spec.isPresent()
                && spec.get().name().isEmpty()) {
            // Switched off at run time.
            return Optional.empty();
        }
        if (spec.isPresent()) {
            try {
                if (setting == SettingsTable.SHADOW) {
                    plugins.catalogue().requireShadow(spec.get());
                }
                plugins.catalogue().create(spec.get());
            } catch (RuntimeException wrong) {
                String why = String.valueOf(wrong.getMessage());
                given.first(setting).ifPresent(text -> reader.add(setting, text, why));
            }
        }
        return spec;
    }

    private DiscoverySettings discovery(NodeId id, HttpSettings http) {
        MachineSettings start = new MachineSettings(http.address().host(), id.value(), "", List.of());
        return new DiscoverySettings(
                reader.find(SettingsTable.DISCOVERY_PORT),
                kept.map(files -> files.machine(start)).orElse(start));
    }

    private LearnerOptions learner() {
        LearnerParameters start = reader.find(SettingsTable.LEARNER_PARAMETERS).orElse(LearnerParameters.DEFAULT);
        return new LearnerOptions(
                reader.find(SettingsTable.LEARNER_PORT),
                new LearnerSettings(
                        reader.value(SettingsTable.LEARNER_RULE),
                        reader.find(SettingsTable.LEARNER_DEADLINE)
                                .map(Duration::toNanos)
                                .orElse(0L),
                        kept.map(files -> files.learner(start)).orElse(start)));
    }

    private HttpSettings http() {
        HttpSettings http = new HttpSettings(
                reader.value(SettingsTable.HTTP_ADDRESS),
                reader.value(SettingsTable.HTTP_MAX_BODY),
                Math.toIntExact(reader.value(SettingsTable.HTTP_MAX_HEADER)),
                reader.value(SettingsTable.HTTP_IDLE_TIMEOUT),
                reader.value(SettingsTable.HTTP_READ_TIMEOUT),
                reader.value(SettingsTable.HTTP_MAX_BUFFERED),
                reader.value(SettingsTable.HTTP_IO_THREADS));
        if (http.maxBufferedBytes() != 0
                && http.maxBufferedBytes() < http.maxBodyBytes()
                && reader.isSound(SettingsTable.HTTP_MAX_BODY)) {
            given.first(SettingsTable.HTTP_MAX_BUFFERED)
                    .ifPresent(text -> reader.add(
                            SettingsTable.HTTP_MAX_BUFFERED,
                            text,
                            "less than one body of http.max-body = " + http.maxBodyBytes() + " bytes"));
        }
        return http;
    }

    private DockerSettings docker() {
        return new DockerSettings(
                reader.value(FunctionsTable.DOCKER_HOST),
                values(FunctionsTable.DOCKER_IMAGES),
                reader.value(FunctionsTable.DOCKER_PULL),
                reader.value(FunctionsTable.DOCKER_MEMORY),
                reader.value(FunctionsTable.DOCKER_CPUS),
                reader.value(FunctionsTable.DOCKER_PIDS),
                reader.value(FunctionsTable.DOCKER_TMPFS),
                reader.value(FunctionsTable.DOCKER_MAX_REPLICAS),
                reader.value(FunctionsTable.DOCKER_CONCURRENCY),
                reader.value(FunctionsTable.DOCKER_PAUSE_AFTER),
                reader.value(FunctionsTable.DOCKER_STOP_AFTER),
                reader.value(FunctionsTable.DOCKER_START_TIMEOUT),
                reader.value(FunctionsTable.DOCKER_KEEP));
    }

    private AsyncSettings async() {
        return new AsyncSettings(
                reader.value(FunctionsTable.ASYNC_QUEUE),
                reader.value(FunctionsTable.ASYNC_TIMEOUT),
                reader.value(FunctionsTable.ASYNC_RESULT_TTL),
                values(FunctionsTable.ASYNC_CALLBACKS));
    }

    private <T> List<T> values(Setting<T> setting) {
        return reader.read(setting, given.strongest(setting)).stream()
                .map(Read::value)
                .toList();
    }

    private CallSettings call() {
        return new CallSettings(
                reader.value(SettingsTable.CALL_TIMEOUT),
                reader.value(SettingsTable.CALL_MAX_IN_FLIGHT),
                reader.value(SettingsTable.CALL_DEDUPE_WINDOW),
                reader.value(SettingsTable.CALL_REPLY_EXPIRY),
                reader.value(SettingsTable.CALL_MAX_ATTEMPTS),
                reader.value(SettingsTable.CALL_ACCEPT_TIMEOUT),
                reader.value(SettingsTable.CALL_HEARTBEAT),
                reader.value(SettingsTable.CALL_BOOK_ABOVE));
    }

    /** Functions of all sources together; of the same name, the one of the strongest source. */
    private List<FunctionSetting> functions() {
        Map<FunctionName, Read<FunctionSetting>> byName = new LinkedHashMap<>();
        Setting<FunctionSetting> setting = SettingsTable.FUNCTIONS;
        for (Read<FunctionSetting> function : reader.read(setting, given.merged(setting))) {
            Read<FunctionSetting> before = byName.put(function.value().name(), function);
            if (before != null && before.given().source() == function.given().source()) {
                reader.add(setting, function.given(), "a second function of that name");
            }
        }
        Set<FunctionName> idempotent = new LinkedHashSet<>();
        for (Read<FunctionName> name : reader.read(SettingsTable.IDEMPOTENT, given.merged(SettingsTable.IDEMPOTENT))) {
            if (!byName.containsKey(name.value()) && reader.isSound(setting)) {
                reader.add(SettingsTable.IDEMPOTENT, name.given(), "there is no such function among those given");
            }
            idempotent.add(name.value());
        }
        List<FunctionSetting> functions = new ArrayList<>();
        for (Read<FunctionSetting> function : byName.values()) {
            FunctionName name = function.value().name();
            functions.add(new FunctionSetting(name, function.value().spec(), idempotent.contains(name)));
        }
        return functions;
    }

    /** Whether calls may wait: not if {@code no-queue} says so and no stronger source asks for a queue. */
    private boolean isQueueEnabled() {
        Optional<Given> none = given.first(SettingsTable.NO_QUEUE);
        Optional<Given> queue = given.first(SettingsTable.QUEUE);
        if (!reader.value(SettingsTable.NO_QUEUE) || none.isEmpty()) {
            return true;
        }
        if (queue.isEmpty() || queue.get().text().equals("0")) {
            return false;
        }
        Source asks = queue.get().source();
        Source forbids = none.get().source();
        // A queue that was disabled at run time has kept its length.
        if (asks == forbids && forbids != Source.KEPT) {
            settleAlternatives(SettingsTable.QUEUE, SettingsTable.NO_QUEUE);
        }
        if (asks.compareTo(forbids) > 0) {
            given.remove(SettingsTable.NO_QUEUE);
            return true;
        }
        return false;
    }

    /** Of two settings that exclude each other the stronger source wins; in the same source they are a contradiction. */
    private void settleAlternatives(Setting<?> one, Setting<?> other) {
        Optional<Given> first = given.first(one);
        Optional<Given> second = given.first(other);
        if (first.isEmpty() || second.isEmpty()) {
            return;
        }
        int order = first.get().source().compareTo(second.get().source());
        if (order == 0) {
            String where = first.get().where() + " and " + second.get().where();
            String what = "contradicts " + other.key();
            problems.add(new Problem(one.key(), where, what, "one of the two, not both", ""));
        }
        given.remove(order < 0 ? one : other);
    }
}
