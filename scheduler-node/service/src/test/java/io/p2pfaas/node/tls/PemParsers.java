package io.p2pfaas.node.tls;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import java.util.List;

/** Certificates and keys in their files. */
public final class PemParsers {
    private static final int MAX_TEXT = 256 * 1024;
    /** So many characters in a row are no accident. */
    private static final int TELLING = 12;

    private PemParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.ofText("certificates", MAX_TEXT, Pem::certificates, IllegalArgumentException.class),
                Parser.ofText("rsa-key", MAX_TEXT, text -> key(text, "RSA"), IllegalArgumentException.class),
                Parser.ofText("ec-key", MAX_TEXT, text -> key(text, "EC"), IllegalArgumentException.class));
    }

    private static void key(String text, String algorithm) {
        try {
            Pem.privateKey(text, algorithm);
        } catch (IllegalArgumentException refused) {
            requireNothingOf(text, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    private static void requireNothingOf(String text, String message) {
        for (String line : text.split("\n", -1)) {
            boolean isContent = line.length() >= TELLING && line.indexOf('-') < 0 && line.indexOf(' ') < 0;
            require(!isContent || !message.contains(line.substring(0, TELLING)), "the message tells of the key");
        }
    }
}
