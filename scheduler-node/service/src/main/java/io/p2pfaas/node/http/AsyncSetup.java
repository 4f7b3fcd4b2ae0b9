package io.p2pfaas.node.http;

import java.time.Duration;
import java.util.List;

/**
 * Bounds of calls whose callers do not wait.
 *
 * @param queueMax calls that have not ended, those whose callback is still to be delivered included
 * @param timeout the budget of a call, waiting for room included
 * @param resultTtl results are kept so long
 * @param maxResults results that are kept; the oldest go first
 * @param maxResultBytes what the bodies of all kept results may hold
 * @param callbacks beginnings of the URLs that may be called back, for example {@code https://example.com/hooks/}; none
 *     = no callbacks
 */
public record AsyncSetup(
        int queueMax,
        Duration timeout,
        Duration resultTtl,
        int maxResults,
        long maxResultBytes,
        List<String> callbacks) {
    /** What holds if nothing is configured. */
    public static final AsyncSetup DEFAULT =
            new AsyncSetup(1000, Duration.ofMinutes(5), Duration.ofMinutes(5), 10_000, 64L * 1024 * 1024, List.of());

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the setting, or a callback that is no beginning of a URL
     */
    public AsyncSetup {
        callbacks = List.copyOf(callbacks);
        requirePositive("async.queue", queueMax);
        requirePositive("async.timeout", timeout.toMillis());
        requirePositive("async.result-ttl", resultTtl.toMillis());
        requirePositive("async.results", maxResults);
        requirePositive("async.result-bytes", maxResultBytes);
        CallbackRule.of(callbacks);
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is more than 0");
        }
    }
}
