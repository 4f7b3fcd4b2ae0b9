package io.p2pfaas.node.config;

import java.time.Duration;

/**
 * The HTTP entrance.
 *
 * @param address where it listens; port 0 = any free one
 * @param maxBodyBytes largest request body
 * @param maxHeaderBytes largest request line and headers together
 * @param idleTimeout a connection without a request is closed after this time
 * @param readTimeout a body that does not arrive within this time is refused
 * @param maxBufferedBytes bodies held in memory at once, all requests together; 0 = automatic, a quarter of the heap
 * @param ioThreads 0 = automatic
 */
public record HttpSettings(
        HostPort address,
        long maxBodyBytes,
        int maxHeaderBytes,
        Duration idleTimeout,
        Duration readTimeout,
        long maxBufferedBytes,
        int ioThreads) {}
