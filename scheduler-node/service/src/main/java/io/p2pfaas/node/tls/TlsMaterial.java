package io.p2pfaas.node.tls;

import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.tls.TlsFileException.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** What {@link TlsFiles} held when they were read, ready for a TLS connection. */
public final class TlsMaterial {
    private static final int MAX_BYTES = 4 << 20;
    private static final byte[] TO_SIGN = "p2pfaas".getBytes(StandardCharsets.US_ASCII);

    private final Optional<TrustManagerFactory> trust;
    private final Optional<KeyManagerFactory> keys;

    private TlsMaterial(Optional<TrustManagerFactory> trust, Optional<KeyManagerFactory> keys) {
        this.trust = trust;
        this.keys = keys;
    }

    /** The common name of the first certificate in a file, by which many brokers know a client; blocks. */
    public static Optional<String> commonName(Path certificate) throws TlsFileException {
        String subject = parse(Role.CERTIFICATE, certificate, Pem::certificates)
                .get(0)
                .getSubjectX500Principal()
                .getName();
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException ignored) {
            // A name that is none is nobody's.
            return Optional.empty();
        }
    }

    /** When the first of the certificates in a file ceases to be valid; blocks. */
    public static Instant expiry(Path certificates) throws TlsFileException {
        return parse(Role.CERTIFICATE, certificates, Pem::certificates).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Whom to trust; absent = whom the JVM trusts. */
    public Optional<TrustManagerFactory> trust() {
        return trust;
    }

    /** The own certificate, if there is one. */
    public Optional<KeyManagerFactory> keys() {
        return keys;
    }

    /**
     * Reads the files now, and again when they change.
     *
     * @throws FileProblem if they cannot be used from the start
     */
    public static FileWatch<TlsMaterial> watch(TlsFiles files) throws FileProblem {
        return new FileWatch<>("keys or certificates", files.all().toList(), () -> read(files));
    }

    /** Reads all of the files; blocks. */
    public static TlsMaterial read(TlsFiles files) throws TlsFileException {
        Optional<TrustManagerFactory> trust = Optional.empty();
        if (files.ca().isPresent()) {
            trust = Optional.of(trust(files.ca().get()));
        }
        if (files.certificate().isPresent() && files.key().isPresent()) {
            return new TlsMaterial(
                    trust,
                    Optional.of(keys(files.certificate().get(), files.key().get())));
        }
        return new TlsMaterial(trust, Optional.empty());
    }

    private static TrustManagerFactory trust(Path file) throws TlsFileException {
        List<X509Certificate> certificates = parse(Role.CA, file, Pem::certificates);
        try {
            KeyStore store = emptyStore();
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFileException(Role.CA, file, "its certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManagerFactory keys(Path certificateFile, Path keyFile) throws TlsFileException {
        List<X509Certificate> chain = parse(Role.CERTIFICATE, certificateFile, Pem::certificates);
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = parse(Role.KEY, keyFile, text -> Pem.privateKey(text, publicKey.getAlgorithm()));
        try {
            if (!belongTogether(key, publicKey)) {
                throw new TlsFileException(
                        Role.KEY, keyFile, "it is not the key of the certificate in " + certificateFile, null);
            }
            KeyStore store = emptyStore();
            store.setKeyEntry("own", key, new char[0], chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFileException(Role.KEY, keyFile, "it cannot be used: " + e.getMessage(), e);
        }
    }

    /** Not seen otherwise before the broker refuses the handshake, with words that help nobody. */
    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(TO_SIGN);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(TO_SIGN);
        return signature.verify(signed);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static <T> T parse(Role role, Path file, Function<String, T> parser) throws TlsFileException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new TlsFileException(role, file, "it is larger than " + MAX_BYTES + " bytes", null);
            }
            return parser.apply(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new TlsFileException(role, file, "there is no such file", e);
        } catch (IOException e) {
            throw new TlsFileException(
                    role, file, "cannot be read: " + e.getClass().getSimpleName(), e);
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(role, file, String.valueOf(e.getMessage()), e);
        }
    }
}
