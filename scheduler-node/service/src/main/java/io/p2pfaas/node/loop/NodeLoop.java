package io.p2pfaas.node.loop;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a brain live. The thread that brings an event enters the brain under a lock, for microseconds, and carries
 * out the effects after it: a call that runs where it arrived never changes threads (docs/decisions/0001).
 */
public final class NodeLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    private final NodeBrain brain;
    private final LongSupplier clock;
    private final EffectHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong callIds = new AtomicLong();
    private final ThreadLocal<Deque<Effect>> underWay = ThreadLocal.withInitial(ArrayDeque::new);
    private final Alarm alarm;
    private volatile @Nullable Witness witness;

    /** Sees, under the lock, what the brain was told and what it wanted done; for tests. */
    @FunctionalInterface
    interface Witness {
        void saw(Event event, long nowNanos, List<Effect> effects);
    }

    /**
     * @param clock monotonic nanoseconds
     * @param handler carries out effects
     */
    public NodeLoop(NodeBrain brain, LongSupplier clock, EffectHandler handler) {
        this.brain = brain;
        this.clock = clock;
        this.handler = handler;
        this.alarm = new Alarm(clock, () -> offer(new Event.Woken()));
    }

    /** Begins to keep the brain's appointments. */
    public void start() {
        alarm.start();
    }

    void letWatch(Witness newWitness) {
        witness = newWitness;
    }

    /** Numbers the calls of this node. */
    public long nextCallId() {
        return callIds.incrementAndGet();
    }

    /** The clock that deadlines are told in. */
    public long nowNanos() {
        return clock.getAsLong();
    }

    /**
     * Brings an event in and carries out what follows from it. Any thread. An event that an effect brings in while it
     * is being carried out has its own effects queued behind, so that a chain of calls that end at once does not grow
     * the stack.
     */
    public void offer(Event event) {
        Deque<Effect> mine = underWay.get();
        boolean nested = !mine.isEmpty();
        lock.lock();
        try {
            long now = clock.getAsLong();
            List<Effect> effects = brain.on(event, now);
            Witness told = witness;
            if (told != null) {
                told.saw(event, now, List.copyOf(effects));
            }
            mine.addAll(effects);
        } finally {
            lock.unlock();
        }
        if (nested) {
            return;
        }
        for (Effect effect = mine.peek(); effect != null; effect = mine.peek()) {
            carryOut(effect);
            // Only now: while it is in the queue, events that it brings in know that they are nested.
            mine.poll();
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.WakeAt wake) {
            alarm.at(wake.atNanos());
            return;
        }
        try {
            handler.carryOut(effect);
        } catch (RuntimeException | Error unexpected) {
            // One effect that cannot be carried out must not take the others with it, nor the thread that brought it:
            // were an error to leave here, this thread would look nested for ever and carry nothing out any more.
            LOG.error("effect failed: {}", effect.getClass().getSimpleName(), unexpected);
        }
    }

    /** Looks at the brain while nothing changes in it. Keep it short: calls wait meanwhile. */
    public <T> T look(Function<NodeBrain, T> look) {
        lock.lock();
        try {
            return look.apply(brain);
        } finally {
            lock.unlock();
        }
    }

    /** Enters the brain's learner, which is owned by whoever is in the brain. Any thread; as short as {@link #look}. */
    public <T> T learn(Function<Learner, T> lesson) {
        return look(brain -> lesson.apply(brain.learner()));
    }

    @Override
    public void close() {
        alarm.close();
    }
}
