package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.runtime.OutcomeProbe;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine that goes and comes under a running node. The engine is a fake, the threads and their pauses are real. */
final class EngineAwayIT {
    private static final String OWNER = "root/node";

    private final FakeEngine engine = new FakeEngine();
    private final FakeCallers callers = new FakeCallers();
    private final List<Boolean> heard = new CopyOnWriteArrayList<>();
    private ContainerRuntimes runtimes = made(false);

    private ContainerRuntimes made(boolean keep) {
        Duration minute = Duration.ofMinutes(1);
        ContainerDefaults defaults =
                new ContainerDefaults(OWNER, 64L << 20, 1_000_000_000L, 64, 16L << 20, 2, 1, minute, minute, minute);
        return new ContainerRuntimes(
                engine,
                OWNER,
                new DefinedBlueprints(defaults, new AllowedImages(List.of()), definition -> Optional.empty()),
                callers,
                keep);
    }

    @AfterEach
    void end() {
        runtimes.close();
    }

    private ReplicatedRuntime deploy(String name) {
        return runtimes.create(ContainerRig.definition(name, FakeEngine.RUNNING, ""));
    }

    private void assertAnswers(ReplicatedRuntime runtime) {
        int before = started();
        OutcomeProbe probe = ContainerRig.call(runtime, "/");
        ContainerRig.await("the call", () -> started() > before);
        for (FakeRuntime one : callers.runtimes) {
            one.started().forEach(call -> call.answer(new Response(200, Headers.EMPTY, ByteBuffer.allocate(0))));
        }
        assertThat(probe.answer().status()).isEqualTo(200);
    }

    private int started() {
        return callers.runtimes.stream().mapToInt(one -> one.started().size()).sum();
    }

    @Test
    void without_an_engine_functions_can_be_made_and_work_when_it_comes() {
        engine.switchOff();
        ReplicatedRuntime early = deploy("early");
        runtimes.begin(heard::add);
        early.settled().toCompletableFuture().join();
        ReplicatedRuntime late = deploy("late");
        for (ReplicatedRuntime one : List.of(early, late)) {
            OutcomeProbe probe = ContainerRig.call(one, "/");
            assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
            assertThat(((Outcome.Broken) probe.outcome()).detail())
                    .isEqualTo("The container engine cannot be reached.");
        }
        engine.switchOn();

        ContainerRig.await("the engine", () -> early.isUsable() && late.isUsable());
        assertAnswers(early);
        assertAnswers(late);
        assertThat(heard).containsExactly(false, true);
    }

    @Test
    void functions_come_back_by_themselves_when_the_engine_was_restarted() throws EngineException {
        runtimes.begin(heard::add);
        ReplicatedRuntime function = deploy("function");
        assertAnswers(function);
        OutcomeProbe running = ContainerRig.call(function, "/");
        ContainerRig.call(function, "/");
        OutcomeProbe third = ContainerRig.call(function, "/");
        engine.switchOff();
        assertThat(function.isUsable()).isFalse();
        assertThat(function.replicas().available()).isZero();
        // The second may have got the second instance by now; there is none for a third.
        assertThat(third.reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
        engine.switchOn();

        ContainerRig.await("the engine", function::isUsable);
        ContainerRig.await("an instance", () -> function.replicas().available() > 0);
        assertAnswers(function);
        assertThat(running.timesTold()).isLessThanOrEqualTo(1);
        assertThat(heard).containsExactly(true, false, true);
        ContainerRig.await("the dead are removed", () -> {
            try {
                return engine.list(Labels.OWNER, OWNER).stream().noneMatch(found -> found.state() == Engine.State.GONE);
            } catch (EngineException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void a_paused_instance_is_taken_over_too() throws EngineException {
        runtimes.close();
        runtimes = made(true);
        runtimes.begin(heard::add);
        assertAnswers(deploy("function"));
        String id = engine.list(Labels.OWNER, OWNER).get(0).id();
        engine.pause(id);
        runtimes.close();
        runtimes = made(false);
        ReplicatedRuntime again = deploy("function");
        runtimes.begin(heard::add);

        ContainerRig.await("the engine", runtimes::usable);
        assertThat(again.replicas()).isEqualTo(new ReplicatedRuntime.Replicas(1, 1));
        assertAnswers(again);
        assertThat(engine.list(Labels.OWNER, OWNER))
                .extracting(Engine.Found::id)
                .containsExactly(id);
        runtimes.close();
        assertThat(engine.list(Labels.OWNER, OWNER)).isEmpty();
        assertThat(engine.networks(Labels.OWNER, OWNER)).isEmpty();
    }

    /** A function that is not configured any more, after the node was killed. */
    @Test
    void what_a_former_life_left_goes_although_no_function_needs_the_engine_now() throws EngineException {
        ContainerRuntimes former = made(true);
        former.begin(heard::add);
        ReplicatedRuntime function = former.create(ContainerRig.definition("function", FakeEngine.RUNNING, ""));
        ContainerRig.await("an instance", () -> function.replicas().available() > 0);
        former.close();
        heard.clear();
        assertThat(engine.list(Labels.OWNER, OWNER)).isNotEmpty();

        runtimes.begin(heard::add);

        ContainerRig.await("nothing is left", () -> {
            try {
                return engine.list(Labels.OWNER, OWNER).isEmpty()
                        && engine.networks(Labels.OWNER, OWNER).isEmpty();
            } catch (EngineException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(heard).isEmpty();
        assertAnswers(deploy("first"));
        assertThat(heard).containsExactly(true);
    }
}
