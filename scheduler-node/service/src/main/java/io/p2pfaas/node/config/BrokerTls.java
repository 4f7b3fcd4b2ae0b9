package io.p2pfaas.node.config;

import io.p2pfaas.node.tls.TlsFiles;

/**
 * How brokers are recognised that are reached through TLS, and how the node shows who it is.
 *
 * @param files can be read, and a certificate has its key; so it was at the start
 * @param verifyHost whether the broker's certificate must be for the host that was asked for
 */
public record BrokerTls(TlsFiles files, boolean verifyHost) {
    /** Brokers are recognised as the JVM does; the node has no certificate. */
    public static final BrokerTls DEFAULT = new BrokerTls(TlsFiles.NONE, true);
}
