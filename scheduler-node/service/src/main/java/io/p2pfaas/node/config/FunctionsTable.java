package io.p2pfaas.node.config;

import io.p2pfaas.node.config.Quantities.ByteSize;
import io.p2pfaas.node.config.Quantities.TimeSpan;
import io.p2pfaas.node.config.Quantities.WholeNumber;
import io.p2pfaas.node.config.Quantities.YesOrNo;
import io.p2pfaas.node.config.Setting.Shape;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The part of the {@link SettingsTable} that is about functions in containers and about calls that nobody waits for. */
final class FunctionsTable {
    static final Setting<String> DOCKER_HOST = Setting.of(
                    "docker.host", new ContainerWords.EngineAddress(), "the container engine for docker functions")
            .defaultsTo("unix:///var/run/docker.sock")
            .done();
    static final Setting<String> DOCKER_IMAGES = Setting.of(
                    "docker.images",
                    new ContainerWords.ImagePattern(),
                    "images that may be deployed; without one, all may be")
            .shape(Shape.LIST)
            .defaultText("(all)")
            .example("ghcr.io/openfaas/*")
            .done();
    static final Setting<Boolean> DOCKER_PULL = Setting.of(
                    "docker.pull", new YesOrNo(), "whether images that are not there are fetched from their registry")
            .defaultsTo("true")
            .done();
    static final Setting<Long> DOCKER_MEMORY = Setting.of(
                    "docker.memory",
                    new ByteSize("6MiB", "1024GiB"),
                    "memory of a container whose function sets no limit")
            .defaultsTo("256MiB")
            .done();
    static final Setting<Long> DOCKER_CPUS = Setting.of(
                    "docker.cpus", new ContainerWords.Cpus(), "processors of a container whose function sets no limit")
            .defaultsTo("1")
            .done();
    static final Setting<Integer> DOCKER_PIDS = Setting.of(
                    "docker.pids", new WholeNumber(4, 100_000), "processes and threads of a container")
            .defaultsTo("128")
            .done();
    static final Setting<Long> DOCKER_TMPFS = Setting.of(
                    "docker.tmpfs", new ByteSize("4KiB", "64GiB"), "size of a container's /tmp, which is in memory")
            .defaultsTo("16MiB")
            .done();
    static final Setting<Integer> DOCKER_MAX_REPLICAS = Setting.of(
                    "docker.max-replicas", new WholeNumber(1, 1000), "containers that one function may have")
            .defaultsTo("20")
            .done();
    static final Setting<Integer> DOCKER_CONCURRENCY = Setting.of(
                    "docker.concurrency",
                    new WholeNumber(0, SettingsTable.MAX_SLOTS),
                    "calls that one container runs at once; 0 = as many as come")
            .defaultsTo("0")
            .done();
    static final Setting<Duration> DOCKER_PAUSE_AFTER = Setting.of(
                    "docker.pause-after",
                    new TimeSpan("0s", "24h"),
                    "a container without a call is frozen after it; 0s = never")
            .defaultsTo("30s")
            .done();
    static final Setting<Duration> DOCKER_STOP_AFTER = Setting.of(
                    "docker.stop-after",
                    new TimeSpan("1s", "720h"),
                    "a container that is not needed is removed after it")
            .defaultsTo("10m")
            .done();
    static final Setting<Duration> DOCKER_START_TIMEOUT = Setting.of(
                    "docker.start-timeout",
                    new TimeSpan("100ms", "10m"),
                    "a container that does not take connections after it has failed")
            .defaultsTo("20s")
            .done();
    static final Setting<Boolean> DOCKER_KEEP = Setting.of(
                    "docker.keep",
                    new YesOrNo(),
                    "whether containers go on when the node is stopped, for its next start")
            .defaultsTo("false")
            .done();

    static final Setting<Integer> ASYNC_QUEUE = Setting.of(
                    "async.queue", new WholeNumber(1, 100_000), "asynchronous calls that are not done yet")
            .defaultsTo("1000")
            .done();
    static final Setting<Duration> ASYNC_TIMEOUT = Setting.of(
                    "async.timeout",
                    new TimeSpan("1ms", "24h"),
                    "time budget of an asynchronous call, all tries together")
            .defaultsTo("5m")
            .done();
    static final Setting<Duration> ASYNC_RESULT_TTL = Setting.of(
                    "async.result-ttl",
                    new TimeSpan("1s", "24h"),
                    "how long the result of an asynchronous call can be fetched")
            .defaultsTo("5m")
            .done();
    static final Setting<URI> ASYNC_CALLBACKS = Setting.of(
                    "async.callbacks",
                    new Addresses.Callback(),
                    "beginnings of URLs that results may be sent to; without one, none are")
            .shape(Shape.LIST)
            .defaultText("(none)")
            .example("http://127.0.0.1:9000/results/")
            .done();

    static final List<Setting<?>> ALL = List.of(
            DOCKER_HOST,
            DOCKER_IMAGES,
            DOCKER_PULL,
            DOCKER_MEMORY,
            DOCKER_CPUS,
            DOCKER_PIDS,
            DOCKER_TMPFS,
            DOCKER_MAX_REPLICAS,
            DOCKER_CONCURRENCY,
            DOCKER_PAUSE_AFTER,
            DOCKER_STOP_AFTER,
            DOCKER_START_TIMEOUT,
            DOCKER_KEEP,
            ASYNC_QUEUE,
            ASYNC_TIMEOUT,
            ASYNC_RESULT_TTL,
            ASYNC_CALLBACKS);

    private FunctionsTable() {}
}
