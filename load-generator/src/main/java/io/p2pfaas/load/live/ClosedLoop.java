package io.p2pfaas.load.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of callers, each of whom calls again when answered. Says what a node can do, not what callers who come
 * on their own would see; for that there is {@link Runner}. The scheduler is bypassed, so every call runs on the node
 * that is called.
 */
public final class ClosedLoop {
    private static final String BYPASS = "X-P2pfaas-Scheduler-Bypass";
    private static final String EXECUTION_TIME = "X-P2pfaas-Timing-Execution-Time-Seconds";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int OK = 200;
    private static final int END_OF_SUCCESS = 300;
    private static final int MAX_FAILURES = 50;

    private final HttpClient client;
    private final HttpRequest request;
    private final int callers;

    // Guarded by this.
    private final List<Long> executions = new ArrayList<>();
    private final Map<String, Long> failures = new TreeMap<>();

    /**
     * Calls nobody yet.
     *
     * @param function {@code http://host:port/function/NAME}
     * @param callers calls that are under way at once, at least 1
     * @param timeout of one call
     */
    public ClosedLoop(URI function, byte[] body, int callers, Duration timeout) {
        this.callers = callers;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        request = HttpRequest.newBuilder(function)
                .timeout(timeout)
                .header(BYPASS, "true")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** Makes so many calls and waits for their end. */
    public ServiceTimes run(int calls) throws InterruptedException {
        synchronized (this) {
            executions.clear();
            failures.clear();
        }
        AtomicInteger left = new AtomicInteger(calls);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        long start = System.nanoTime();
        try {
            for (int caller = 0; caller < callers; caller++) {
                threads.execute(() -> {
                    while (left.getAndDecrement() > 0 && !Thread.currentThread().isInterrupted()) {
                        call();
                    }
                });
            }
            threads.shutdown();
            while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                // Each call has its timeout, so this ends.
            }
        } finally {
            threads.shutdownNow();
        }
        long elapsed = System.nanoTime() - start;
        synchronized (this) {
            return new ServiceTimes(executions, failures, callers, elapsed);
        }
    }

    private void call() {
        try {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            OptionalLong nanos = answer.headers()
                    .firstValue(EXECUTION_TIME)
                    .map(ClosedLoop::nanos)
                    .orElse(OptionalLong.empty());
            if (answer.statusCode() < OK || answer.statusCode() >= END_OF_SUCCESS) {
                onFailure("status " + answer.statusCode());
            } else if (nanos.isEmpty()) {
                onFailure("an answer without " + EXECUTION_TIME);
            } else {
                onExecution(nanos.getAsLong());
            }
        } catch (IOException failed) {
            onFailure(failed.getClass().getSimpleName()
                    + (failed.getMessage() == null ? "" : ": " + failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static OptionalLong nanos(String seconds) {
        try {
            return OptionalLong.of(Math.round(Double.parseDouble(seconds) * NANOS_PER_SECOND));
        } catch (NumberFormatException ignored) {
            return OptionalLong.empty();
        }
    }

    private synchronized void onExecution(long nanos) {
        executions.add(nanos);
    }

    private synchronized void onFailure(String what) {
        failures.merge(failures.size() < MAX_FAILURES || failures.containsKey(what) ? what : "other", 1L, Long::sum);
    }
}
