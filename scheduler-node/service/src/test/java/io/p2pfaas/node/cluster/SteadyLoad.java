package io.p2pfaas.node.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls at a steady pace, to each address in turn, whatever becomes of them: an open loop. */
final class SteadyLoad {
    private final Caller caller;
    private final List<String> urls;
    private final String[] headers;
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "steady-load");
        thread.setDaemon(true);
        return thread;
    });

    /** What the caller of one address got: a reply, or a broken connection. */
    record Told(
            int address, @Nullable Reply reply, @Nullable Throwable failure) {
        boolean isDone() {
            return reply != null && reply.status() == 200;
        }
    }

    private SteadyLoad(Caller caller, List<String> urls, String[] headers) {
        this.caller = caller;
        this.urls = urls;
        this.headers = headers;
    }

    static SteadyLoad start(Caller caller, int perSecond, List<String> urls, String... namesAndValues) {
        SteadyLoad load = new SteadyLoad(caller, urls, namesAndValues);
        Future<?> ignored = load.pace.scheduleAtFixedRate(
                load::send, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    private void send() {
        int address = sent.getAndIncrement() % urls.size();
        Future<?> ignored = caller.post(urls.get(address), new byte[0], headers)
                .whenComplete((reply, failure) -> told.add(new Told(address, reply, failure)));
    }

    /** Waits until so many more callers than now were told how their call ended. */
    void awaitMore(int calls) {
        int goal = told.size() + calls;
        Await.until(
                () -> calls + " more calls end; " + told.size() + " of " + goal + " did", () -> told.size() >= goal);
    }

    /** Sends no more, waits until every caller was told, and says what. */
    List<Told> stop() {
        pace.shutdown();
        Await.until("the load stops", pace::isTerminated);
        Await.until(
                () -> "all " + sent + " callers are told; " + told.size() + " were", () -> told.size() == sent.get());
        return List.copyOf(told);
    }
}
