package io.p2pfaas.node.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Answer;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Live and simulated are one: what a brain took in while real threads drove it, told to a fresh brain of the same
 * settings and seed under the recorded times, has exactly the same effects, in the same order.
 */
final class SameTraceTest {
    private static final int THREADS = 4;
    private static final int EVENTS_PER_THREAD = 2_000;
    private static final int SLOTS = 3;
    private static final int QUEUE = 5;

    /** One entry of the brain. */
    private record Step(Event event, long nowNanos, List<Effect> effects) {}

    /** What happened up to one moment, and how the brain was then. */
    private record Told(List<Step> trace, Load load, List<Long> numbers) {}

    /** A node's surroundings: executions end, peers answer, on threads of their own. */
    private static final class Surroundings implements EffectHandler {
        private final ExecutorService others = Executors.newFixedThreadPool(2);
        private final AtomicLong seqs = new AtomicLong();
        private final NodeLoop loop;

        Surroundings(NodeBrain brain) {
            loop = new NodeLoop(brain, System::nanoTime, this);
        }

        @Override
        public void carryOut(Effect effect) {
            if (effect instanceof Effect.Execute execute) {
                long id = execute.call().id();
                Event ended = new Event.ExecutionEnded(id, End.done(Payload.NONE));
                if (id % 3 == 0) {
                    loop.offer(ended);
                } else {
                    others.execute(() -> loop.offer(ended));
                }
            } else if (effect instanceof Effect.Forward forward) {
                others.execute(() -> answer(forward));
            } else if (effect instanceof Effect.Probe probe) {
                loop.offer(new Event.ProbeAnswered(
                        probe.probe(), LoopValues.sample(seqs.incrementAndGet(), (int) (probe.probe() % 5))));
            }
        }

        private void answer(Effect.Forward forward) {
            long attempt = forward.attempt();
            if (attempt % 5 == 0) {
                loop.offer(new Event.ForwardUndeliverable(attempt));
                return;
            }
            loop.offer(new Event.ForwardSent(attempt));
            boolean refuses = attempt % 3 == 0;
            Answer answer = refuses
                    ? new Answer.Refused(LoopValues.PEER, LoopValues.sample(seqs.incrementAndGet(), 4), Reason.NO_SLOT)
                    : new Answer.Ended(
                            LoopValues.PEER,
                            LoopValues.sample(seqs.incrementAndGet(), 1),
                            End.done(Payload.NONE),
                            List.of(LoopValues.SELF, LoopValues.PEER));
            loop.offer(new Event.ForwardAnswered(attempt, answer));
        }

        void end() throws InterruptedException {
            others.shutdown();
            assertThat(others.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            loop.close();
        }
    }

    private static void drive(NodeLoop loop, int thread, AtomicLong seqs) {
        SplittableRandom chance = new SplittableRandom(thread);
        for (int i = 0; i < EVENTS_PER_THREAD; i++) {
            long now = loop.nowNanos();
            switch (chance.nextInt(12)) {
                case 0 ->
                    loop.offer(new Event.PresenceHeard(
                            LoopValues.PEER, PeerState.ONLINE, 1 + i / 700, Set.of(LoopValues.F)));
                case 1, 2 ->
                    loop.offer(new Event.SampleHeard(LoopValues.sample(seqs.incrementAndGet(), chance.nextInt(5))));
                case 3 -> loop.offer(new Event.CallerLeft(chance.nextLong(EVENTS_PER_THREAD)));
                case 4 -> loop.offer(new Event.ProbeArrived(Payload.NONE));
                case 5 -> {
                    long id = loop.nextCallId();
                    loop.offer(new Event.ForwardArrived(
                            LoopValues.peersCall(id, now + chance.nextLong(50_000_000)),
                            new Origin(LoopValues.PEER, 1, id),
                            chance.nextInt(10) == 0));
                }
                case 6 -> loop.offer(chance.nextInt(20) == 0 ? new Event.LinkDown() : new Event.LinkUp());
                default ->
                    loop.offer(new Event.CallArrived(
                            LoopValues.call(loop.nextCallId(), now + chance.nextLong(100_000_000))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BrokerMatch(lazy)",
                "BrokerMatch(eager)",
                "LeastLoadedSpill",
                "PowerOfNScheduler(1,2,false,1)",
                "ForwardScheduler(1)",
                "NoScheduler(false)"
            })
    void what_real_threads_brought_in_has_the_same_effects_when_it_is_told_again(String policy)
            throws InterruptedException {
        List<Step> trace = new ArrayList<>();
        NodeBrain live = LoopValues.brain(SLOTS, QUEUE, policy);
        AtomicLong seqs = new AtomicLong();
        Surroundings node = new Surroundings(live);
        try {
            // Called under the loop's lock, so that one list and its order are enough.
            node.loop.letWatch((event, now, effects) -> trace.add(new Step(event, now, effects)));
            node.loop.start();
            node.loop.offer(new Event.FunctionsChanged(Set.of(LoopValues.F)));
            node.loop.offer(new Event.LinkUp());
            CountDownLatch driven = new CountDownLatch(THREADS);
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                new Thread(() -> {
                            try {
                                drive(node.loop, thread, seqs);
                            } finally {
                                driven.countDown();
                            }
                        })
                        .start();
            }
            assertThat(driven.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            node.end();
        }
        // Under the lock: the alarm may ring once more while it ends.
        Told told = node.loop.look(brain -> new Told(List.copyOf(trace), brain.load(), numbers(brain.counters())));
        NodeBrain again = LoopValues.brain(SLOTS, QUEUE, policy);
        for (Step step : told.trace()) {
            assertThat(again.on(step.event(), step.nowNanos()))
                    .as("after %s", step.event())
                    .isEqualTo(step.effects());
        }
        assertThat(told.trace()).hasSizeGreaterThan(THREADS * EVENTS_PER_THREAD);
        assertThat(again.load()).isEqualTo(told.load());
        assertThat(numbers(again.counters())).isEqualTo(told.numbers());
    }

    private static List<Long> numbers(Counters counters) {
        return List.of(
                counters.receivedFrom(false),
                counters.receivedFrom(true),
                counters.inFlightFrom(false),
                counters.inFlightFrom(true),
                counters.executedHere(),
                counters.executedAway(),
                counters.forwardsSent(),
                counters.offersSent(),
                counters.samplesSent());
    }
}
