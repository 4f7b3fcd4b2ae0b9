package io.p2pfaas.node.bench;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.loop.NodeLoop;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGeneratorFactory;

/**
 * Compares the two ways to drive a brain live (docs/decisions/0001): I/O threads that enter it under a lock, and one
 * thread that owns it and has a mailbox. Two callers, each with one call in flight, as two I/O threads would be; the
 * function takes no time. Prints calls per second of both and the ratio, several rounds.
 */
final class DriverComparison {
    private static final int CALLERS = 2;
    private static final int CALLS = 300_000;
    private static final int ROUNDS = 5;
    private static final FunctionName FUNCTION = new FunctionName("f");

    private DriverComparison() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            double locked = locked();
            double mailbox = mailbox();
            System.out.printf(
                    Locale.ROOT,
                    "lock %.0f calls/s  mailbox %.0f calls/s  lock/mailbox %.2f%n",
                    locked,
                    mailbox,
                    locked / mailbox);
        }
    }

    private static NodeBrain brain() {
        NodeBrain brain = new NodeBrain(
                BrainSettings.of(new NodeId("n1"), 1, 64, 64),
                PolicyCatalogue.standard().create(PolicySpec.parse("BrokerMatch")),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        brain.on(new Event.FunctionsChanged(Set.of(FUNCTION)), 0);
        return brain;
    }

    /** Who waits for a call: the payload lets the reply find back. */
    private static final class Caller implements Payload {
        final Thread thread = Thread.currentThread();
        volatile boolean answered;

        void answer() {
            answered = true;
            if (Thread.currentThread() != thread) {
                LockSupport.unpark(thread);
            }
        }

        void await() {
            while (!answered) {
                LockSupport.park(this);
            }
        }
    }

    private static Call call(long id, Caller caller) {
        return new Call(id, FUNCTION, Arrival.CLIENT, List.of(), Long.MAX_VALUE, 0, true, Routing.POLICY, 0, caller);
    }

    private static double locked() throws InterruptedException {
        NodeLoop[] loop = new NodeLoop[1];
        loop[0] = new NodeLoop(brain(), System::nanoTime, effect -> {
            if (effect instanceof Effect.Execute execute) {
                loop[0].offer(new Event.ExecutionEnded(execute.call().id(), End.done(Payload.NONE)));
            } else if (effect instanceof Effect.Reply reply) {
                ((Caller) reply.call().payload()).answer();
            }
        });
        return callsPerSecond(loop[0]::offer);
    }

    private static double mailbox() throws InterruptedException {
        NodeBrain brain = brain();
        BlockingQueue<Event> box = new ArrayBlockingQueue<>(1024);
        Thread owner = new Thread(() -> own(brain, box), "owner");
        owner.setDaemon(true);
        owner.start();
        double rate = callsPerSecond(box::add);
        owner.interrupt();
        return rate;
    }

    private static void own(NodeBrain brain, BlockingQueue<Event> box) {
        try {
            while (true) {
                for (Effect effect : brain.on(box.take(), System.nanoTime())) {
                    if (effect instanceof Effect.Execute execute) {
                        box.add(new Event.ExecutionEnded(execute.call().id(), End.done(Payload.NONE)));
                    } else if (effect instanceof Effect.Reply reply) {
                        ((Caller) reply.call().payload()).answer();
                    }
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Offer {
        void offer(Event event);
    }

    private static double callsPerSecond(Offer driver) throws InterruptedException {
        AtomicLong ids = new AtomicLong();
        CountDownLatch done = new CountDownLatch(CALLERS);
        long begun = System.nanoTime();
        for (int i = 0; i < CALLERS; i++) {
            new Thread(() -> {
                        for (int n = 0; n < CALLS; n++) {
                            Caller caller = new Caller();
                            driver.offer(new Event.CallArrived(call(ids.incrementAndGet(), caller)));
                            caller.await();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        return CALLERS * CALLS * 1e9 / (System.nanoTime() - begun);
    }
}
