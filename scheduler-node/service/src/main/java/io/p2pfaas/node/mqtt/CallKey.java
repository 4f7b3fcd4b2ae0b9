package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Under which name a repeat of a call is known. Many are remembered, and a client may make topics and correlation data of
 * 64 KiB each, so a long name is replaced by its digest.
 */
final class CallKey {
    private static final int MAX_LENGTH = 256;

    private CallKey() {}

    /** A call that names itself by its correlation data, at a place where answers or messages go. */
    static String of(String place, ByteBuffer correlation) {
        byte[] bytes = new byte[correlation.remaining()];
        correlation.duplicate().get(bytes);
        if (place.length() + 2 * bytes.length > MAX_LENGTH) {
            MessageDigest digest = Sha256.digest();
            digest.update(place.getBytes(StandardCharsets.UTF_8));
            // No topic has this character, so what is before it cannot be taken for what is behind.
            digest.update((byte) 0);
            return "#" + HexFormat.of().formatHex(digest.digest(bytes));
        }
        return place + " " + HexFormat.of().formatHex(bytes);
    }

    /** A call that is named by its topic. */
    static String of(String name) {
        return name.length() <= MAX_LENGTH ? name : "#" + Sha256.hex(name);
    }
}
