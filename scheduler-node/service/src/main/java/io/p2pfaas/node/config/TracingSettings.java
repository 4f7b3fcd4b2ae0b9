package io.p2pfaas.node.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where traces of calls go.
 *
 * @param endpoint the collector's URL for traces, whole; absent = calls are not traced
 * @param sample the share of calls, from 0 to 1, of those that came without a trace
 * @param serviceName what the cluster is called there
 * @param headers file of header fields that the collector wants
 */
public record TracingSettings(Optional<URI> endpoint, double sample, String serviceName, Optional<Path> headers) {}
