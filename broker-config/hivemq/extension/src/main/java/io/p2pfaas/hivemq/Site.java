package io.p2pfaas.hivemq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Who is known at a site, as its files say. Immutable. */
final class Site {
    /** The files that are read; all have to be there. */
    static final List<String> FILES = List.of("acl.json", "passwords", "ca.crt", "crl.pem");

    private final Rights rights;
    private final Passwords passwords;
    private final X509CRL revocations;

    private Site(Rights rights, Passwords passwords, X509CRL revocations) {
        this.rights = rights;
        this.passwords = passwords;
        this.revocations = revocations;
    }

    /**
     * Reads the files of a folder.
     *
     * @throws IOException if one is missing or cannot be read
     * @throws IllegalArgumentException if one is not understood
     */
    static Site read(Path folder) throws IOException {
        return new Site(
                Rights.parse(Files.readString(folder.resolve("acl.json"))),
                Passwords.parse(Files.readAllLines(folder.resolve("passwords"))),
                Certificates.revocations(
                        Files.readAllBytes(folder.resolve("crl.pem")), Files.readAllBytes(folder.resolve("ca.crt"))));
    }

    Optional<List<Rights.Right>> rightsOf(String name) {
        return rights.of(name);
    }

    boolean isPassword(String name, Optional<byte[]> password) {
        return password.isPresent() && passwords.matches(name, password.get());
    }

    /** Also if the list is outdated: who was revoked since is not in it. Mosquitto does the same. */
    boolean isRevoked(X509Certificate certificate, Instant now) {
        return isOutdated(now) || revocations.isRevoked(certificate);
    }

    /** Whether there should be a newer list of revoked certificates. */
    boolean isOutdated(Instant now) {
        Date until = revocations.getNextUpdate();
        return until != null && now.isAfter(until.toInstant());
    }
}
