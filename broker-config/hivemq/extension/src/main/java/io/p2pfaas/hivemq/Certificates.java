package io.p2pfaas.hivemq;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** What make-certs writes, read. */
final class Certificates {
    private Certificates() {}

    /** The only common name; with two it would be a matter of taste who somebody is. */
    static Optional<String> commonName(X509Certificate certificate) {
        try {
            String found = null;
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    if (found != null) {
                        return Optional.empty();
                    }
                    found = part.getValue().toString();
                }
            }
            return Optional.ofNullable(found);
        } catch (InvalidNameException ignored) {
            // A subject that cannot be read names nobody, and nobody is not let in.
            return Optional.empty();
        }
    }

    /**
     * A list of revoked certificates.
     *
     * @throws IllegalArgumentException if it is none, or another authority's
     */
    static X509CRL revocations(byte[] list, byte[] authority) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var crl = (X509CRL) factory.generateCRL(new ByteArrayInputStream(list));
            crl.verify(factory.generateCertificate(new ByteArrayInputStream(authority))
                    .getPublicKey());
            return crl;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("crl.pem is no revocation list of ca.crt's authority: " + e, e);
        }
    }
}
