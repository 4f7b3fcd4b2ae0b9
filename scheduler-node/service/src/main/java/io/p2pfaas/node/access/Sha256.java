package io.p2pfaas.node.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests, by which secrets are compared: in the same time whatever was given, and without keeping them. */
final class Sha256 {
    static final int BYTES = 32;

    private Sha256() {}

    static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    static byte[] of(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
