package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.HttpLimits;
import io.p2pfaas.node.runtime.HttpRuntime;
import io.p2pfaas.node.runtime.OutcomeProbe;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.testing.TestImages;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Container runtimes on the real engine, with containers of their own that are gone at the end. */
final class ContainerRig implements AutoCloseable {
    static final long PLENTY = TimeUnit.SECONDS.toNanos(60);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String owner = "rep/" + UUID.randomUUID();
    private final String engineAddress;
    private final XnioWorker worker;
    private ContainerRuntimes runtimes;

    ContainerRig() {
        this(TestImages.engineAddress());
    }

    ContainerRig(String engineAddress) {
        this.engineAddress = engineAddress;
        TestImages.requireOrSkip();
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, 2)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 1)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runtimes = made(false);
    }

    private ContainerRuntimes made(boolean keep) {
        ContainerDefaults defaults = new ContainerDefaults(
                owner, 64L << 20, 1_000_000_000L, 64, 16L << 20, 5, 0, LONG, LONG, Duration.ofSeconds(20));
        HttpParts http = new HttpParts(worker, new DefaultByteBufferPool(true, 16 * 1024), HttpLimits.forSlots(256));
        return ContainerRuntimes.onDocker(
                engineAddress,
                false,
                defaults,
                http,
                new AllowedImages(List.of()),
                definition -> Optional.empty(),
                keep);
    }

    XnioWorker worker() {
        return worker;
    }

    /** A runtime for what listens at port 8080 of this address. */
    FunctionRuntime calling(String address) {
        return new HttpRuntime(
                worker,
                new DefaultByteBufferPool(true, 16 * 1024),
                URI.create("http://" + address + ":8080"),
                HttpLimits.forSlots(256));
    }

    String owner() {
        return owner;
    }

    ContainerRuntimes runtimes() {
        return runtimes;
    }

    ContainerRig begun() {
        runtimes.begin(usable -> {});
        return this;
    }

    /** The node ends, and its containers stay (as with kill -9, only that threads end too); another one comes. */
    ContainerRuntimes restarted() {
        runtimes.close();
        runtimes = made(true);
        return runtimes;
    }

    /** As {@link #restarted}, for a node that leaves its containers when it ends. */
    static ContainerRig keeping() {
        ContainerRig rig = new ContainerRig();
        rig.runtimes.close();
        rig.runtimes = rig.made(true);
        return rig;
    }

    ReplicatedRuntime deploy(String name, String image, String more) {
        return runtimes.create(definition(name, image, more));
    }

    /** A function; {@code more} is JSON that begins with a comma, or nothing. */
    static FunctionDefinition definition(String name, String image, String more) {
        String json = "{\"service\":\"" + name + "\",\"image\":\"" + image + "\"" + more + "}";
        return FunctionJson.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The ids of a function's containers, as the engine has them. */
    String idsOf(String function) {
        Engine engine = new DockerEngine(TestImages.engineAddress(), false);
        try {
            return String.join(
                    ",",
                    engine.list(Labels.OWNER, owner).stream()
                            .filter(found -> function.equals(found.labels().get(Labels.FUNCTION)))
                            .map(Engine.Found::id)
                            .toList());
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        } finally {
            engine.close();
        }
    }

    static Request request(String path, String query) {
        return new Request("POST", path, query, Headers.of("Content-Type", "text/plain"), ByteBuffer.allocate(0));
    }

    static OutcomeProbe call(FunctionRuntime runtime, String path, String query, long budgetNanos) {
        OutcomeProbe probe = new OutcomeProbe();
        runtime.start(request(path, query), budgetNanos, probe);
        return probe;
    }

    static OutcomeProbe call(FunctionRuntime runtime, String path) {
        return call(runtime, path, "", PLENTY);
    }

    /** Waits until something is so; half a minute at most. */
    static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("in vain: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        runtimes.close();
        removeWhatIsLeft();
        worker.shutdownNow();
    }

    /** Of nodes that keep their containers. */
    private void removeWhatIsLeft() {
        Engine engine = new DockerEngine(TestImages.engineAddress(), false);
        try {
            for (Engine.Found found : engine.list(Labels.OWNER, owner)) {
                engine.remove(found.id());
            }
            for (String network : engine.networks(Labels.OWNER, owner)) {
                engine.removeNetwork(network);
            }
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        } finally {
            engine.close();
        }
    }
}
