package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.testing.TestImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long calls to containers take: to none that is there (against the engine's own create and start of the same
 * container, in turn with it), to a paused one, to a warm one (against the same call without a runtime in between, in
 * turn). Prints a table in Markdown. Its argument is the number of cold starts, 20 without.
 */
final class ContainerBenchmark {
    private static final int WARM_ROUNDS = 10;
    private static final int WARM_CALLS = 2000;
    private static final String FUNCTION = "bench";

    private final ContainerRig rig = new ContainerRig().begun();
    private final int starts;

    private ContainerBenchmark(int starts) {
        this.starts = starts;
    }

    public static void main(String[] arguments) throws Exception {
        ContainerBenchmark benchmark =
                new ContainerBenchmark(arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]));
        try {
            benchmark.run();
        } finally {
            benchmark.rig.close();
        }
    }

    private void run() throws Exception {
        // The first function makes the node look for its engine; what is measured comes later.
        ReplicatedRuntime first = rig.deploy("bench-first", TestImages.WEB, "");
        ContainerRig.await("the engine", rig.runtimes()::usable);
        first.undeploy();
        print("| what | n | p50 ms | p99 ms |");
        print("|---|---|---|---|");
        cold();
        paused();
        warm();
    }

    private void cold() throws IOException {
        ReplicatedRuntime runtime = rig.deploy(FUNCTION, TestImages.WEB, "");
        // The first one of all loads classes, on both sides.
        call(runtime);
        List<long[]> times = new ArrayList<>();
        try (DockerClient client = client()) {
            direct(client, runtime);
            for (int i = 0; i < starts; i++) {
                away(runtime);
                long[] own = direct(client, runtime);
                long begun = System.nanoTime();
                call(runtime);
                long whole = System.nanoTime() - begun;
                ContainerCounters.ColdStart parts = rig.runtimes().counters().last();
                times.add(new long[] {
                    own[0], own[1], own[0] + own[1], whole, parts.createNanos(), parts.startNanos(), parts.readyNanos()
                });
            }
        }
        String[] names = {
            "engine itself: create",
            "engine itself: start",
            "engine itself: both",
            "cold start to the first answer",
            "of it create",
            "of it start",
            "of it ready"
        };
        for (int column = 0; column < names.length; column++) {
            int which = column;
            row(names[column], times.stream().mapToLong(one -> one[which]).toArray());
        }
        double ratio = median(times, 3) / (double) median(times, 2);
        print(String.format(Locale.ROOT, "| cold start / engine itself, p50 | %d | %.3f | |", starts, ratio));
        runtime.undeploy();
    }

    private static long median(List<long[]> times, int column) {
        return percentile(times.stream().mapToLong(one -> one[column]).sorted().toArray(), 50);
    }

    /** Create and start of the same container, without anything of ours; it is removed before this returns. */
    private long[] direct(DockerClient client, ReplicatedRuntime runtime) {
        ContainerPlan plan = ((ContainerRuntime) runtime)
                .blueprint()
                .plan()
                .plan("direct-" + UUID.randomUUID().toString().substring(0, 8), Map.of());
        long begun = System.nanoTime();
        String id = ContainerRequest.of(client, plan, true, true).exec().getId();
        long created = System.nanoTime();
        client.startContainerCmd(id).exec();
        long started = System.nanoTime();
        client.removeContainerCmd(id).withForce(true).exec();
        return new long[] {created - begun, started - created};
    }

    private static DockerClient client() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(TestImages.engineAddress())
                .withDockerTlsVerify(false)
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    /** Returns when the function has no container any more. */
    private void away(ReplicatedRuntime runtime) {
        long before = rig.runtimes().counters().removals();
        runtime.scale(0);
        ContainerRig.await("its removal", () -> rig.runtimes().counters().removals() > before);
    }

    private void paused() throws IOException {
        ReplicatedRuntime runtime =
                rig.deploy(FUNCTION, TestImages.WEB, ",\"annotations\":{\"io.p2pfaas.pause-after\":\"20ms\"}");
        ContainerCounters counters = rig.runtimes().counters();
        long[] times = new long[starts * 2];
        long[] plain = new long[times.length];
        long pauses = counters.pauses();
        call(runtime);
        try (DockerClient client = client()) {
            String id = started(client, runtime);
            for (int i = 0; i < times.length; i++) {
                client.pauseContainerCmd(id).exec();
                long begun = System.nanoTime();
                client.unpauseContainerCmd(id).exec();
                plain[i] = System.nanoTime() - begun;
                times[i] = afterPause(runtime, counters, ++pauses);
            }
            client.removeContainerCmd(id).withForce(true).exec();
        }
        row("engine itself: unpause", plain);
        row("call to a paused function", times);
        runtime.undeploy();
    }

    private static long afterPause(ReplicatedRuntime runtime, ContainerCounters counters, long pauses) {
        ContainerRig.await("its pause", () -> counters.pauses() >= pauses);
        long begun = System.nanoTime();
        call(runtime);
        return System.nanoTime() - begun;
    }

    private static String started(DockerClient client, ReplicatedRuntime runtime) {
        ContainerPlan plan = ((ContainerRuntime) runtime).blueprint().plan().plan("direct", Map.of());
        String id = ContainerRequest.of(client, plan, true, true).exec().getId();
        client.startContainerCmd(id).exec();
        return id;
    }

    private void warm() throws Exception {
        FunctionDefinition definition = ContainerRig.definition(FUNCTION + "-warm", TestImages.WEB, "");
        ReplicatedRuntime through = rig.runtimes().create(definition);
        call(through);
        Engine engine = new DockerEngine(TestImages.engineAddress(), false);
        String address;
        try {
            address = engine.list(Labels.OWNER, rig.owner()).stream()
                    .filter(found ->
                            definition.name().value().equals(found.labels().get(Labels.FUNCTION)))
                    .findFirst()
                    .orElseThrow()
                    .address();
        } finally {
            engine.close();
        }
        FunctionRuntime direct = rig.calling(address);
        chain(through, WARM_CALLS);
        chain(direct, WARM_CALLS);
        List<long[]> ours = new ArrayList<>();
        List<long[]> others = new ArrayList<>();
        for (int i = 0; i < WARM_ROUNDS; i++) {
            others.add(chain(direct, WARM_CALLS));
            ours.add(chain(through, WARM_CALLS));
        }
        long[] own = ours.stream().flatMapToLong(Arrays::stream).toArray();
        long[] plain = others.stream().flatMapToLong(Arrays::stream).toArray();
        row("warm call without the runtime", plain);
        row("warm call through the runtime", own);
        Arrays.sort(own);
        Arrays.sort(plain);
        print(String.format(
                Locale.ROOT,
                "| warm call, through / without, p50 | %d | %.3f | |",
                own.length,
                percentile(own, 50) / (double) percentile(plain, 50)));
        direct.close();
    }

    /** So many calls one after the other, all on one I/O thread. */
    private long[] chain(FunctionRuntime runtime, int calls) throws InterruptedException {
        long[] times = new long[calls];
        CountDownLatch over = new CountDownLatch(1);
        rig.worker().getIoThread().execute(() -> next(runtime, times, 0, over));
        if (!over.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the calls take too long");
        }
        return times;
    }

    private static void next(FunctionRuntime runtime, long[] times, int at, CountDownLatch over) {
        if (at == times.length) {
            over.countDown();
            return;
        }
        long begun = System.nanoTime();
        runtime.start(ContainerRig.request("/echo", ""), ContainerRig.PLENTY, outcome -> {
            times[at] = System.nanoTime() - begun;
            next(runtime, times, at + 1, over);
        });
    }

    private static void call(FunctionRuntime runtime) {
        int status = ContainerRig.call(runtime, "/echo").answer().status();
        if (status != 200) {
            throw new IllegalStateException("status " + status);
        }
    }

    private static void row(String what, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        print(String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f |",
                what,
                sorted.length,
                percentile(sorted, 50) / 1e6,
                percentile(sorted, 99) / 1e6));
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, (sorted.length * percent + 99) / 100 - 1)];
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
