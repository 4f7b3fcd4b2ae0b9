package io.p2pfaas.node.runtime.docker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** No threads at all, in virtual time: tasks run when the test says so. Not thread-safe. */
final class ManualThreads implements ContainerThreads {
    private final Queue<Runnable> due = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private long now;

    @Override
    public long now() {
        return now;
    }

    @Override
    public void soon(Runnable task) {
        due.add(task);
    }

    @Override
    public void making(Runnable task) {
        due.add(task);
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        Planned one = new Planned(now + nanos, task);
        planned.add(one);
        return () -> planned.remove(one);
    }

    /** Runs what is to be run now, and what follows from it. */
    void run() {
        for (Runnable task = due.poll(); task != null; task = due.poll()) {
            task.run();
        }
    }

    /** Lets time pass. */
    void pass(long nanos) {
        long until = now + nanos;
        run();
        while (true) {
            Planned next = planned.stream()
                    .filter(one -> one.atNanos <= until)
                    .min(Comparator.comparingLong(Planned::atNanos))
                    .orElse(null);
            if (next == null) {
                now = until;
                return;
            }
            planned.remove(next);
            now = Math.max(now, next.atNanos);
            next.task.run();
            run();
        }
    }

    private record Planned(long atNanos, Runnable task) {}
}
