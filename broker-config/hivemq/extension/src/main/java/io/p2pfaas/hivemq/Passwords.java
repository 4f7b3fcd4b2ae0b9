package io.p2pfaas.hivemq;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The file that mosquitto_passwd of Mosquitto 2.0 writes: {@code name:$7$iterations$salt$hash}, PBKDF2 with SHA-512. */
final class Passwords {
    private static final Pattern LINE =
            Pattern.compile("([^:]+):\\$7\\$([1-9][0-9]{0,7})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");

    private final Map<String, Entry> byName;

    private Passwords(Map<String, Entry> byName) {
        this.byName = Map.copyOf(byName);
    }

    private static final class Entry {
        private final int iterations;
        private final byte[] salt;
        private final byte[] hash;

        private Entry(int iterations, byte[] salt, byte[] hash) {
            this.iterations = iterations;
            this.salt = salt;
            this.hash = hash;
        }
    }

    /** @throws IllegalArgumentException with the number of a line that is not understood; lines hold secrets */
    static Passwords parse(List<String> lines) {
        Map<String, Entry> found = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            var line = LINE.matcher(lines.get(i).strip());
            if (!line.matches()) {
                throw new IllegalArgumentException("passwords, line " + (i + 1)
                        + ": allowed is name:$7$iterations$salt$hash as written by mosquitto_passwd");
            }
            Base64.Decoder base64 = Base64.getDecoder();
            found.put(
                    line.group(1),
                    new Entry(
                            Integer.parseInt(line.group(2)),
                            base64.decode(line.group(3)),
                            base64.decode(line.group(4))));
        }
        return new Passwords(found);
    }

    boolean matches(String name, byte[] password) {
        Entry entry = byName.get(name);
        if (entry == null || password.length == 0) {
            return false;
        }
        var asked = new PBEKeySpec(
                new String(password, StandardCharsets.UTF_8).toCharArray(),
                entry.salt,
                entry.iterations,
                entry.hash.length * Byte.SIZE);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(asked)
                    .getEncoded();
            return MessageDigest.isEqual(hash, entry.hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2WithHmacSHA512", e);
        } finally {
            asked.clearPassword();
        }
    }
}
