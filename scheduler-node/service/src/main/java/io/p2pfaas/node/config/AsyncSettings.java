package io.p2pfaas.node.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Calls that nobody waits for.
 *
 * @param queue calls that are not done yet, at most
 * @param timeout time budget of a call, all tries together
 * @param resultTtl how long a result can be fetched
 * @param callbacks beginnings of URLs that results may be sent to
 */
public record AsyncSettings(int queue, Duration timeout, Duration resultTtl, List<URI> callbacks) {
    public AsyncSettings {
        callbacks = List.copyOf(callbacks);
    }
}
