package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.FunctionRuntimeContract;
import io.p2pfaas.node.runtime.OutcomeProbe;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.testing.TestImages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions in real containers: they keep the contract of runtimes, and come and go as they should. */
final class ContainerRuntimeIT extends FunctionRuntimeContract {
    private ContainerRig rig;
    private ReplicatedRuntime runtime;

    @BeforeEach
    void deploy() throws Exception {
        rig = new ContainerRig().begun();
        runtime = rig.deploy("web", TestImages.WEB, ",\"annotations\":{\"io.p2pfaas.pids\":\"1000\"}");
        runtime.settled().toCompletableFuture().get(30, TimeUnit.SECONDS);
        ContainerRig.await(
                "the engine", () -> runtime.isUsable() && runtime.replicas().available() == 1);
    }

    @AfterEach
    void end() {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    protected FunctionRuntime runtime() {
        return runtime;
    }

    @Override
    protected Request quick() {
        return post("/echo", "", "hello");
    }

    @Override
    protected Request endless() {
        return post("/hang", "", "hello");
    }

    @Test
    void a_burst_on_a_cold_function_is_served_by_as_many_as_it_needs() {
        ReplicatedRuntime two = rig.deploy("two", TestImages.WEB, """
                ,"labels":{"com.openfaas.scale.min":"0","com.openfaas.scale.max":"3"},
                "annotations":{"io.p2pfaas.concurrency":"2"}""");
        List<OutcomeProbe> probes = Stream.generate(OutcomeProbe::new).limit(8).toList();
        probes.forEach(probe -> two.start(ContainerRig.request("/sleep", "ms=200"), ContainerRig.PLENTY, probe));

        assertThat(probes).allSatisfy(probe -> assertThat(probe.outcome()).isInstanceOf(Outcome.Answered.class));
        assertThat(two.replicas().available()).isBetween(1, 3);
        two.scale(0);
        ContainerRig.await("no instances", () -> two.replicas().available() == 0);
        assertThat(ContainerRig.call(two, "/echo").answer().status()).isEqualTo(200);
        assertThat(two.replicas()).isEqualTo(new ReplicatedRuntime.Replicas(1, 1));
        assertThatThrownBy(() -> two.scale(4)).hasMessage("replicas is 4; allowed is 0 to 3");
    }

    @Test
    void an_idle_function_is_paused_and_wakes_for_a_call() {
        ReplicatedRuntime sleepy = rig.deploy("sleepy", TestImages.WEB, """
                ,"annotations":{"io.p2pfaas.pause-after":"50ms"}""");
        assertThat(ContainerRig.call(sleepy, "/echo").answer().status()).isEqualTo(200);
        ContainerCounters counters = rig.runtimes().counters();
        ContainerRig.await("a pause", () -> counters.pauses() == 1);

        assertThat(sleepy.replicas().available()).isEqualTo(1);
        assertThat(ContainerRig.call(sleepy, "/echo").answer().status()).isEqualTo(200);
        assertThat(counters.unpauses()).isEqualTo(1);
    }

    @Test
    void a_call_that_waits_expires_with_its_budget_and_can_be_aborted() {
        ReplicatedRuntime slow = rig.deploy("slow", TestImages.WEB, """
                ,"envVars":{"START_DELAY_MS":"5000"}""");
        OutcomeProbe aborted = new OutcomeProbe();
        var execution = slow.start(ContainerRig.request("/echo", ""), ContainerRig.PLENTY, aborted);
        OutcomeProbe expired = ContainerRig.call(slow, "/echo", "", TimeUnit.MILLISECONDS.toNanos(300));
        execution.abort();

        assertThat(aborted.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(expired.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(((Outcome.Broken) expired.outcome()).detail()).isEqualTo("The function did not start in time.");
    }

    @Test
    void a_removed_function_leaves_nothing() throws Exception {
        Engine engine = new DockerEngine(TestImages.engineAddress(), false);
        try {
            assertThat(engine.list(Labels.OWNER, rig.owner())).hasSize(1);
            OutcomeProbe running = ContainerRig.call(runtime, "/sleep", "ms=300", ContainerRig.PLENTY);
            runtime.undeploy();

            assertThat(running.answer().status()).isEqualTo(200);
            assertThat(ContainerRig.call(runtime, "/echo").reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
            ContainerRig.await("nothing is left", () -> {
                try {
                    return engine.list(Labels.OWNER, rig.owner()).isEmpty()
                            && engine.networks(Labels.OWNER, rig.owner()).isEmpty();
                } catch (EngineException e) {
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            engine.close();
        }
    }

    @Test
    void what_the_function_writes_can_be_read_and_followed() throws Exception {
        Collected now = new Collected();
        runtime.logs(query(false), now);
        now.awaitEnd();
        assertThat(now.lines).extracting(LogLine::text).contains("listening");
        Collected followed = new Collected();
        var stream = runtime.logs(query(true), followed);
        ContainerRig.await("the old line", () -> !followed.lines.isEmpty());
        OutcomeProbe probe = new OutcomeProbe();
        runtime.start(post("/print", "", "a new line"), ContainerRig.PLENTY, probe);
        assertThat(probe.answer().status()).isEqualTo(200);
        ContainerRig.await(
                "the new line",
                () -> followed.lines.stream().anyMatch(line -> line.text().equals("a new line")));
        runtime.scale(2);
        ContainerRig.await(
                "the second instance's line",
                () -> followed.lines.stream().map(LogLine::instance).distinct().count() == 2);
        stream.close();
        runtime.scale(0);
        Collected nobody = new Collected();
        runtime.logs(query(false), nobody);
        nobody.awaitEnd();
    }

    private static LogQuery query(boolean follow) {
        return new LogQuery(new FunctionName("web"), Optional.empty(), OptionalInt.empty(), Optional.empty(), follow);
    }

    @Test
    void a_node_that_comes_back_takes_over_what_fits_and_removes_the_rest() throws Exception {
        try (ContainerRig keeping = ContainerRig.keeping()) {
            keeping.begun();
            ReplicatedRuntime stays = keeping.deploy("stays", TestImages.WEB, "");
            ReplicatedRuntime changes = keeping.deploy("changes", TestImages.WEB, "");
            ReplicatedRuntime goes = keeping.deploy("goes", TestImages.WEB, "");
            for (ReplicatedRuntime one : List.of(stays, changes, goes)) {
                assertThat(ContainerRig.call(one, "/echo").answer().status()).isEqualTo(200);
            }
            String before = keeping.idsOf("stays");
            String former = keeping.idsOf("changes");

            ContainerRuntimes next = keeping.restarted();
            ReplicatedRuntime again = keeping.deploy("stays", TestImages.WEB, "");
            ReplicatedRuntime changed = keeping.deploy("changes", TestImages.WEB, ",\"envVars\":{\"A\":\"b\"}");
            keeping.begun();

            ContainerRig.await("the engine", next::usable);
            assertThat(ContainerRig.call(again, "/echo").answer().status()).isEqualTo(200);
            assertThat(ContainerRig.call(changed, "/env").text()).contains("A=b");
            assertThat(keeping.idsOf("stays")).isEqualTo(before);
            assertThat(next.counters().adoptions()).isEqualTo(1);
            ContainerRig.await("orphans are gone", () -> {
                String now = keeping.idsOf("changes");
                return keeping.idsOf("goes").isEmpty() && !now.contains(former) && !now.isEmpty();
            });
        }
    }

    /** A sink that remembers. */
    private static final class Collected implements LogSink {
        final List<LogLine> lines = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public boolean line(LogLine line) {
            lines.add(line);
            return true;
        }

        @Override
        public void ended() {
            ended.countDown();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_function_starts_again_although_its_network_was_removed() throws Exception {
        runtime.scale(0);
        ContainerRig.await("no instance", () -> runtime.replicas().available() == 0);
        try (DockerEngine engine = new DockerEngine(TestImages.engineAddress(), false)) {
            ContainerRig.await("the network is gone", () -> {
                try {
                    for (String network : engine.networks(Labels.OWNER, rig.owner())) {
                        engine.removeNetwork(network);
                    }
                    return engine.networks(Labels.OWNER, rig.owner()).isEmpty();
                } catch (EngineException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        assertThat(ContainerRig.call(runtime, "/echo").answer().status()).isEqualTo(200);
    }
}
