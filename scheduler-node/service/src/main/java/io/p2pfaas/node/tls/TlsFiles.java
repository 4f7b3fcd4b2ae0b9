package io.p2pfaas.node.tls;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where keys and certificates are; PEM.
 *
 * @param ca whom to trust, one certificate or more; absent = whom the JVM trusts
 * @param certificate the own certificate, with those between it and its CA behind it
 * @param key the private key of the own certificate, PKCS#8, not encrypted
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    /** No file: whom the JVM trusts is trusted, and no own certificate is shown. */
    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

    public TlsFiles {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("a certificate and its key come together: " + certificate + ", " + key);
        }
    }

    /** The files that are there to be read. */
    public Stream<Path> all() {
        return Stream.of(ca, certificate, key).flatMap(Optional::stream);
    }
}
