package io.p2pfaas.node.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the blocks of a PEM file. What stands between them is commentary, as openssl writes it. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String CONVERT = "openssl pkcs8 -topk8 -nocrypt -in OLD.key -out NEW.key";

    /** Keys in forms that the JDK does not read. */
    private static final Map<String, String> OTHER_KEYS = Map.of(
            "RSA PRIVATE KEY", "a PKCS#1 key; convert it: " + CONVERT,
            "EC PRIVATE KEY", "an EC key in its old form (SEC 1); convert it: " + CONVERT,
            "DSA PRIVATE KEY", "a DSA key; RSA or EC keys are allowed",
            "OPENSSH PRIVATE KEY", "a key of OpenSSH; make one with openssl genpkey",
            "ENCRYPTED PRIVATE KEY", "encrypted, and the node has no passphrase for it; convert it: " + CONVERT);

    private record Block(String type, String content) {}

    private Pem() {}

    /**
     * All certificates, in their order.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.type().equals(CERTIFICATE)) {
                found.add(certificate(block, found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("it holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    private static X509Certificate certificate(Block block, int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(block)));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException("certificate " + number + " in it is damaged", e);
        }
    }

    /**
     * The private key that belongs to a certificate.
     *
     * @throws IllegalArgumentException with what is wrong; nothing of the key is in it
     */
    static PrivateKey privateKey(String text, String algorithm) {
        for (Block block : blocks(text)) {
            String other = OTHER_KEYS.get(block.type());
            if (other != null) {
                throw new IllegalArgumentException("it is " + other);
            }
            if (block.type().equals(KEY)) {
                return privateKey(block, algorithm);
            }
        }
        throw new IllegalArgumentException("it holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey privateKey(Block block, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes(block)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "it holds no sound " + algorithm + " key, as its certificate asks for", e);
        }
    }

    private static byte[] bytes(Block block) {
        return Base64.getMimeDecoder().decode(block.content().getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Block> blocks(String text) {
        // "Proc-Type: 4,ENCRYPTED" stands inside the block of a key in the old form; its type tells enough.
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text.replaceAll("(?m)^(Proc-Type|DEK-Info):.*$", ""));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
