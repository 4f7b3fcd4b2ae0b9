package io.p2pfaas.node.http;

import java.time.Duration;

/**
 * Bounds of the HTTP entrance.
 *
 * @param port 0 = any free one
 * @param maxBodyBytes larger request bodies are answered with 413
 * @param maxHeaderBytes larger heads are answered with 400 or cut off
 * @param idleTimeout a connection without a request is closed after it
 * @param readTimeout a request must be here, body included, this long after it began
 * @param maxBufferedBytes bodies that all calls together may hold
 * @param callTimeout the budget of a call
 */
public record HttpSetup(
        String host,
        int port,
        long maxBodyBytes,
        int maxHeaderBytes,
        Duration idleTimeout,
        Duration readTimeout,
        long maxBufferedBytes,
        int ioThreads,
        Duration callTimeout) {}
