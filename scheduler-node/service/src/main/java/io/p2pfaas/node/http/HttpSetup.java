package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.tls.TlsMaterial;
import java.time.Duration;
import java.util.Optional;

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
 * @param access who may call functions
 * @param limit how fast each caller may call
 * @param tls the certificate that is shown; empty = plain HTTP
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
        Duration callTimeout,
        Access access,
        CallerLimit limit,
        Optional<FileWatch<TlsMaterial>> tls) {}
