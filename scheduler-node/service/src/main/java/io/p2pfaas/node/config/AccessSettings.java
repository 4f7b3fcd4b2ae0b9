package io.p2pfaas.node.config;

import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what over HTTP, and how the node shows who it is.
 *
 * @param admin who may manage the node from elsewhere; absent = nobody, but for holders of tokens
 * @param tokens file of tokens
 * @param tls certificate and key; without them HTTP is plain text
 * @param limit how fast one caller may call
 */
public record AccessSettings(Optional<AdminSettings> admin, Optional<Path> tokens, TlsFiles tls, CallerLimit limit) {}
