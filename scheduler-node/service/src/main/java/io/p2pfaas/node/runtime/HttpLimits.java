package io.p2pfaas.node.runtime;

import java.time.Duration;

/**
 * How far {@link HttpRuntime} goes.
 *
 * @param connectionsPerThread calls to the target that one I/O thread may have open at once. At least the node's
 *     slots, since all running executions may happen to be on one thread
 * @param maxAnswerBytes the largest body that is taken
 * @param connectTimeout how long to wait for a connection, name resolution included
 * @param idleTimeout how long an unused connection is kept; zero closes each after its call, for servers that serve one
 *     connection at a time
 */
public record HttpLimits(int connectionsPerThread, int maxAnswerBytes, Duration connectTimeout, Duration idleTimeout) {
    /**
     * Servers commonly close an idle connection after 60 s or more. Closing first, with some distance, avoids the case
     * that a request and the server's close cross each other on the wire. Servers with shorter times usually announce
     * them in a Keep-Alive field, which is obeyed.
     */
    public static final Duration USUAL_IDLE_TIMEOUT = Duration.ofSeconds(50);

    /** Checks the bounds. */
    public HttpLimits {
        if (connectionsPerThread < 1) {
            throw new IllegalArgumentException("connections per thread must be positive: " + connectionsPerThread);
        }
        if (maxAnswerBytes < 0 || maxAnswerBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a number of bytes for an answer: " + maxAnswerBytes);
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("the connect timeout must be positive: " + connectTimeout);
        }
        if (idleTimeout.isNegative()) {
            throw new IllegalArgumentException("the idle timeout must not be negative: " + idleTimeout);
        }
    }

    /** For a node with so many slots: answers up to 8 MiB, 2 s to connect, 50 s idle. */
    public static HttpLimits forSlots(int slots) {
        return new HttpLimits(Math.max(1, slots), 8 << 20, Duration.ofSeconds(2), USUAL_IDLE_TIMEOUT);
    }
}
