package io.p2pfaas.node.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeLoopTest {
    private static final int MANY = 9_000;
    private static final long FAR = Long.MAX_VALUE;

    private final ManualClock clock = new ManualClock();
    private final List<String> done = new ArrayList<>();

    /** Hands effects to what the test sets later, since handler and loop need each other. */
    private static final class Handler implements EffectHandler {
        Consumer<Effect> does = effect -> {};

        @Override
        public void carryOut(Effect effect) {
            does.accept(effect);
        }
    }

    private final Handler handler = new Handler();

    private NodeLoop loop(int slots, int queueMax) {
        NodeLoop loop = new NodeLoop(LoopValues.brain(slots, queueMax, "NoScheduler"), clock, handler);
        loop.offer(new Event.FunctionsChanged(Set.of(LoopValues.F)));
        return loop;
    }

    private static void ended(NodeLoop loop, long call) {
        loop.offer(new Event.ExecutionEnded(call, End.done(Payload.NONE)));
    }

    private static long doneCalls(NodeLoop loop) {
        return loop.look(brain -> brain.counters().endedIn(EndState.DONE, false));
    }

    @Test
    void ten_thousand_waiting_calls_that_end_at_once_do_not_grow_the_stack() {
        NodeLoop loop = loop(1, MANY);
        List<Effect.Execute> held = new ArrayList<>();
        handler.does = effect -> {
            if (effect instanceof Effect.Execute execute) {
                held.add(execute);
            }
        };
        for (int i = 0; i <= MANY; i++) {
            loop.offer(new Event.CallArrived(LoopValues.call(i, FAR)));
        }
        int[] deepest = {0};
        handler.does = effect -> {
            if (effect instanceof Effect.Execute execute) {
                deepest[0] = Math.max(deepest[0], Thread.currentThread().getStackTrace().length);
                ended(loop, execute.call().id());
            }
        };
        ended(loop, held.get(0).call().id());
        assertThat(doneCalls(loop)).isEqualTo(MANY + 1);
        assertThat(deepest[0]).isLessThan(200);
    }

    @Test
    void what_an_effect_brings_in_is_carried_out_behind_what_waits_already() {
        NodeLoop loop = loop(1, 2);
        handler.does = effect -> {
            done.add(effect.getClass().getSimpleName());
            if (effect instanceof Effect.Execute execute && execute.call().id() == 1) {
                ended(loop, 1);
                done.add("returned");
            }
        };
        loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
        assertThat(done).containsExactly("Execute", "returned", "Reply");
    }

    @Test
    void an_event_of_another_thread_does_not_wait_for_the_effects_of_this_one() {
        NodeLoop loop = loop(2, 0);
        handler.does = effect -> {
            if (effect instanceof Effect.Execute execute && execute.call().id() == 1) {
                CompletableFuture.runAsync(() -> loop.offer(new Event.CallArrived(LoopValues.call(2, FAR))))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                done.add("the other is in");
            } else if (effect instanceof Effect.Execute) {
                done.add("the other runs");
            }
        };
        loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
        assertThat(done).containsExactly("the other runs", "the other is in");
    }

    @Fault(in = Fault.Area.MACHINE, fault = "an effect throws, also an Error", promise = "the loop goes on")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_effect_that_fails_does_not_stop_the_others_nor_the_thread(boolean withError) {
        NodeLoop loop = loop(1, 1);
        handler.does = effect -> {
            if (effect instanceof Effect.AbortExecution) {
                if (withError) {
                    throw new NoClassDefFoundError("on purpose");
                }
                throw new IllegalStateException("on purpose");
            }
            done.add(effect.getClass().getSimpleName());
        };
        loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
        loop.offer(new Event.CallerLeft(1));
        assertThat(done).containsExactly("Execute", "Reply");
        done.clear();
        ended(loop, 1);
        loop.offer(new Event.CallArrived(LoopValues.call(2, FAR)));
        assertThat(done).as("this thread still carries out").containsExactly("Execute");
    }

    @Test
    void an_event_that_the_brain_refuses_is_the_bringers_trouble_and_nobody_elses() {
        NodeLoop loop = loop(2, 0);
        handler.does = effect -> done.add(effect.getClass().getSimpleName());
        loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
        assertThatThrownBy(() -> loop.offer(new Event.CallArrived(LoopValues.call(1, FAR))))
                .isInstanceOf(IllegalArgumentException.class);
        loop.offer(new Event.CallArrived(LoopValues.call(2, FAR)));
        assertThat(done).containsExactly("Execute", "Execute");
    }

    @Test
    void call_ids_never_repeat() {
        NodeLoop loop = loop(1, 0);
        assertThat(List.of(loop.nextCallId(), loop.nextCallId(), loop.nextCallId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_alarm_wakes_the_brain_when_a_deadline_is_due() {
        CompletableFuture<Effect.Reply> reply = new CompletableFuture<>();
        Thread here = Thread.currentThread();
        List<Thread> carriers = new ArrayList<>();
        handler.does = effect -> {
            if (effect instanceof Effect.Reply told) {
                carriers.add(Thread.currentThread());
                reply.complete(told);
            }
        };
        try (NodeLoop loop = new NodeLoop(LoopValues.brain(1, 1, "NoScheduler"), System::nanoTime, handler)) {
            loop.start();
            loop.offer(new Event.FunctionsChanged(Set.of(LoopValues.F)));
            long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30);
            loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
            loop.offer(new Event.CallArrived(LoopValues.call(2, soon)));
            Effect.Reply told = reply.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(told.call().id()).isEqualTo(2);
            assertThat(told.end().reason()).isEqualTo(Reason.EXPIRED_QUEUED);
            assertThat(carriers).doesNotContain(here);
        }
    }

    @Test
    void the_alarm_survives_an_effect_that_fails_and_rings_again() {
        CompletableFuture<Void> second = new CompletableFuture<>();
        handler.does = effect -> {
            if (effect instanceof Effect.Reply reply) {
                if (reply.call().id() == 2) {
                    throw new AssertionError("on purpose");
                }
                second.complete(null);
            }
        };
        try (NodeLoop loop = new NodeLoop(LoopValues.brain(1, 2, "NoScheduler"), System::nanoTime, handler)) {
            loop.start();
            loop.offer(new Event.FunctionsChanged(Set.of(LoopValues.F)));
            long now = System.nanoTime();
            loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
            loop.offer(new Event.CallArrived(LoopValues.call(2, now + TimeUnit.MILLISECONDS.toNanos(20))));
            loop.offer(new Event.CallArrived(LoopValues.call(3, now + TimeUnit.MILLISECONDS.toNanos(40))));
            assertThat(second.orTimeout(30, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void looking_sees_the_brain_as_it_is() {
        NodeLoop loop = loop(3, 0);
        loop.offer(new Event.CallArrived(LoopValues.call(1, FAR)));
        assertThat(loop.look(NodeBrain::load).running()).isEqualTo(1);
    }
}
