package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.runtime.FakeRuntime.Running;
import io.p2pfaas.node.runtime.FunctionRuntime.Execution;
import io.p2pfaas.node.runtime.OutcomeProbe;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One function on a fake engine, in virtual time. */
final class ContainerRuntimeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String OWNER = "root/node";

    private final ManualThreads threads = new ManualThreads();
    private final FakeEngine engine = new FakeEngine();
    private final FakeCallers callers = new FakeCallers();
    private final ContainerCounters counters = new ContainerCounters();
    private final FakeShop shop = new FakeShop();
    private ContainerRuntime runtime = function(FakeEngine.RUNNING);

    private ContainerRuntime function(String image) {
        ContainerDefaults defaults = new ContainerDefaults(
                OWNER,
                64L << 20,
                1_000_000_000L,
                64,
                16L << 20,
                2,
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
        Blueprint.Reader reader =
                new DefinedBlueprints(defaults, new AllowedImages(List.of()), definition -> Optional.empty());
        return new ContainerRuntime(reader.read(ContainerRig.definition("web", image, "")), shop);
    }

    @BeforeEach
    void begin() throws EngineException {
        engine.watch(Labels.OWNER, OWNER, shop);
        runtime.engineThere();
        threads.run();
    }

    private OutcomeProbe call() {
        OutcomeProbe probe = new OutcomeProbe();
        start(probe);
        return probe;
    }

    private Execution start(OutcomeProbe probe) {
        Execution execution = runtime.start(ContainerRig.request("/", ""), 30 * SECOND, probe);
        threads.run();
        return execution;
    }

    private Running running(int index) {
        return callers.last().started().get(index);
    }

    private static Response answer() {
        return new Response(200, Headers.EMPTY, ByteBuffer.allocate(0));
    }

    private String onlyId() throws EngineException {
        List<Engine.Found> all = engine.list(Labels.OWNER, OWNER);
        assertThat(all).hasSize(1);
        return all.get(0).id();
    }

    private static String detail(OutcomeProbe probe) {
        return ((Outcome.Broken) probe.outcome()).detail();
    }

    @Test
    void a_call_runs_in_the_container_that_was_started() throws EngineException {
        OutcomeProbe probe = call();
        running(0).answer(answer());

        assertThat(probe.answer().status()).isEqualTo(200);
        assertThat(counters.coldStarts()).isEqualTo(1);
        assertThat(engine.inspect(onlyId()).map(Engine.Found::state)).hasValue(Engine.State.RUNNING);
        assertThat(runtime.settled().toCompletableFuture()).isCompleted();
    }

    @Test
    void an_idle_container_is_paused_and_woken() throws EngineException {
        threads.pass(11 * SECOND);
        assertThat(engine.inspect(onlyId()).map(Engine.Found::state)).hasValue(Engine.State.PAUSED);
        OutcomeProbe probe = call();
        running(0).answer(answer());

        assertThat(probe.answer().status()).isEqualTo(200);
        assertThat(counters.pauses()).isEqualTo(1);
        assertThat(counters.unpauses()).isEqualTo(1);
    }

    @Test
    void a_call_whose_container_runs_out_of_memory_is_told_so() throws EngineException {
        OutcomeProbe probe = call();
        String id = onlyId();
        running(0).breakWith(Reason.FUNCTION_BROKEN, "The connection broke.");
        assertThat(probe.timesTold()).isZero();
        engine.crash(id, 137, true);
        threads.run();

        assertThat(detail(probe))
                .isEqualTo("The function's container was killed: it used more than its 64 MiB of memory.");
        assertThat(counters.crashes()).isEqualTo(1);
        assertThat(onlyId()).isNotEqualTo(id);
        assertThat(call().timesTold()).isZero();
    }

    @Test
    void a_call_that_breaks_in_a_container_that_lives_is_told_as_it_is() {
        OutcomeProbe probe = call();
        running(0).breakWith(Reason.FUNCTION_BROKEN, "The connection broke.");
        threads.pass(SECOND);

        assertThat(detail(probe)).isEqualTo("The connection broke.");
        assertThat(counters.crashes()).isZero();
    }

    @Test
    void an_end_that_nobody_told_of_is_found_when_a_call_breaks() throws EngineException {
        OutcomeProbe probe = call();
        shop.deaf = true;
        engine.crash(onlyId(), 9, false);
        running(0).breakWith(Reason.FUNCTION_BROKEN, "The connection broke.");
        threads.pass(SECOND);

        assertThat(detail(probe))
                .isEqualTo("The function's container ended with exit code 9. Its last line: listening.");
    }

    @Test
    void a_call_that_did_not_reach_a_container_that_had_ended_goes_to_the_next_one() throws EngineException {
        OutcomeProbe probe = call();
        running(0).breakWith(Reason.FUNCTION_UNREACHABLE, "The function does not accept connections.");
        engine.crash(onlyId(), 1, false);
        threads.run();
        assertThat(callers.runtimes).hasSize(2);
        running(0).answer(answer());

        assertThat(probe.answer().status()).isEqualTo(200);
    }

    @Test
    void a_container_that_ends_at_once_is_told_with_its_last_words() throws EngineException {
        runtime.undeploy();
        threads.run();
        runtime = function(FakeEngine.ENDING);
        OutcomeProbe probe = call();
        runtime.engineThere();
        threads.run();

        assertThat(detail(probe))
                .isEqualTo(
                        "The function's container ended at once with exit code 3. Its last line: this function ends at once."
                                + " It is tried again in 0.5 s.");
        assertThat(engine.list(Labels.OWNER, OWNER)).isEmpty();
        assertThat(counters.failedStarts()).isEqualTo(1);
    }

    @Test
    void a_container_that_takes_no_calls_is_removed() throws EngineException {
        callers.deaf = true;
        runtime.scale(0);
        OutcomeProbe probe = call();

        assertThat(detail(probe))
                .startsWith(
                        "The function's container did not take calls on port 8080 within 5 s. Its last line: listening.");
        assertThat(engine.list(Labels.OWNER, OWNER)).isEmpty();
    }

    @Test
    void calls_that_wait_expire_and_can_be_aborted_and_are_told_when_the_node_stops() {
        List<OutcomeProbe> holders = List.of(call(), call());
        OutcomeProbe aborted = new OutcomeProbe();
        OutcomeProbe expired = new OutcomeProbe();
        Execution waiting = start(aborted);
        runtime.start(ContainerRig.request("/", ""), SECOND, expired);
        OutcomeProbe stopped = call();
        waiting.abort();
        waiting.abort();
        threads.pass(2 * SECOND);
        runtime.close();

        assertThat(aborted.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(expired.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(detail(expired)).isEqualTo("No instance of the function was free in time.");
        assertThat(stopped.reason()).isEqualTo(Reason.NODE_STOPPED);
        assertThat(holders).allSatisfy(probe -> assertThat(probe.reason()).isEqualTo(Reason.NODE_STOPPED));
        assertThat(List.of(aborted, expired, stopped))
                .allSatisfy(probe -> assertThat(probe.timesTold()).isEqualTo(1));
    }

    @Test
    void a_call_that_hangs_costs_the_container_but_not_the_next_call() throws EngineException {
        OutcomeProbe hanging = call();
        String id = onlyId();
        callers.last().advance(31 * SECOND);
        threads.run();

        assertThat(hanging.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(onlyId()).isNotEqualTo(id);
        OutcomeProbe next = call();
        running(0).answer(answer());
        assertThat(next.answer().status()).isEqualTo(200);
    }

    @Test
    void an_undeployed_function_leaves_when_its_calls_are_over() throws EngineException {
        OutcomeProbe probe = call();
        runtime.undeploy();
        threads.run();
        assertThat(shop.left).isEmpty();
        running(0).answer(answer());
        threads.run();

        assertThat(probe.answer().status()).isEqualTo(200);
        assertThat(engine.list(Labels.OWNER, OWNER)).isEmpty();
        assertThat(shop.left).contains(runtime);
    }

    /** Everything fake, and no news from the engine if it is deaf. */
    private final class FakeShop implements ContainerShop, Engine.Watcher {
        final List<ContainerRuntime> left = new ArrayList<>();
        private final Map<String, Instance> instances = new HashMap<>();
        private int numbers;
        boolean deaf;

        @Override
        public void forgotten(String id) {
            instances.remove(id);
        }

        @Override
        public Engine engine() {
            return engine;
        }

        @Override
        public ContainerThreads threads() {
            return threads;
        }

        @Override
        public Callers callers() {
            return callers;
        }

        @Override
        public ContainerCounters counters() {
            return counters;
        }

        @Override
        public String owner() {
            return OWNER;
        }

        @Override
        public String newSuffix() {
            return "i" + ++numbers;
        }

        @Override
        public void created(String id, Instance instance) {
            instances.put(id, instance);
        }

        @Override
        public void removed(Instance instance) {
            instances.values().remove(instance);
        }

        @Override
        public void left(ContainerRuntime which) {
            left.add(which);
        }

        @Override
        public void died(String id, int exitCode) {
            Instance instance = instances.get(id);
            if (instance != null && !deaf) {
                instance.runtime.died(instance, exitCode);
            }
        }

        @Override
        public void outOfMemory(String id) {
            Instance instance = instances.get(id);
            if (instance != null) {
                instance.ranOutOfMemory();
            }
        }

        @Override
        public void lost() {}
    }
}
