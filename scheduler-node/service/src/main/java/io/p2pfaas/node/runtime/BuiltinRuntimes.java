package io.p2pfaas.node.runtime;

import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Makes runtimes for the functions that are part of the node, and owns the threads they share: one timer and a bounded
 * pool for computing.
 *
 * <ul>
 *   <li>{@code builtin:echo} answers with the body and its content type
 *   <li>{@code builtin:sleep?mean=100ms&dist=det|exp&seed=N} answers after a time, without using a processor
 *   <li>{@code builtin:cpu?mean=20ms&dist=det|exp&seed=N} uses so much processor time
 *   <li>{@code builtin:hash} answers with the SHA-256 of the body
 *   <li>{@code builtin:resize?width=320&quality=0.8} answers with a picture made smaller, as JPEG
 *   <li>{@code builtin:status} answers with the status that the query asks for
 * </ul>
 */
public final class BuiltinRuntimes implements AutoCloseable {
    private static final String NAMES = "echo, sleep, cpu, hash, resize, status";
    /** More than a node has slots; the bound is for the case that somebody configures it differently. */
    private static final int QUEUE_LENGTH = 4096;

    private final ScheduledThreadPoolExecutor timer;
    private final ComputePool compute;

    /** Computes on as many threads as there are processors. */
    public BuiltinRuntimes() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** Computes on so many threads. */
    public BuiltinRuntimes(int computeThreads) {
        compute = new ComputePool(computeThreads, QUEUE_LENGTH);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "builtin-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * A runtime for the function that {@code spec} names.
     *
     * @throws IllegalArgumentException if there is no such function or parameter, with what is allowed
     */
    public FunctionRuntime create(String spec) {
        BuiltinSpec parsed = BuiltinSpec.parse(spec);
        Builtin function = switch (parsed.name()) {
            case "echo" -> SimpleBuiltins.echo(parsed.allowing());
            case "status" -> SimpleBuiltins.status(parsed.allowing());
            case "hash" -> SimpleBuiltins.hash(parsed.allowing());
            case "sleep" -> {
                ServiceTime time = ServiceTime.of(parsed, "100ms");
                yield (request, execution) -> {
                    long nanos = time.nextNanos();
                    execution.answerAfter(nanos, () -> Answers.json("{\"sleptMs\":" + millis(nanos) + "}"));
                };
            }
            case "cpu" -> {
                ServiceTime time = ServiceTime.of(parsed, "20ms");
                yield (request, execution) -> {
                    long nanos = time.nextNanos();
                    execution.answerWith(() -> {
                        BusyWork.use(nanos);
                        return Answers.json("{\"computedMs\":" + millis(nanos) + "}");
                    });
                };
            }
            case "resize" -> PictureResize.of(parsed.allowing("width", "quality"));
            default ->
                throw new IllegalArgumentException("unknown built-in function \"" + parsed.name() + "\" in \"" + spec
                        + "\"; allowed are " + NAMES);
        };
        return new BuiltinRuntime(function, timer, compute);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }

    /** Stops the shared threads; the runtimes are to be closed before. */
    @Override
    public void close() {
        timer.shutdownNow();
        compute.close();
    }
}
