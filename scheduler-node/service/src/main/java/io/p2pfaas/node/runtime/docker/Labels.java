package io.p2pfaas.node.runtime.docker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The labels by which containers and networks are known again. */
final class Labels {
    static final String OWNER = "io.p2pfaas.owner";
    static final String FUNCTION = "io.p2pfaas.function";
    static final String DEFINITION = "io.p2pfaas.definition";

    private static final int HEX_DIGITS = 32;

    private Labels() {}

    /** The same for containers that are interchangeable: made from the same definition and image. */
    static String definitionOf(String given, String imageId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(given.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(imageId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
