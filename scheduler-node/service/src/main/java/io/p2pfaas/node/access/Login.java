package io.p2pfaas.node.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the value of {@code Authorization} says.
 *
 * @param user empty for a bearer token
 * @param secret the token or the password; empty if it says nothing that could be one
 */
record Login(String user, String secret) {
    static final int MAX_LENGTH = 1024;

    private static final Login NOTHING = new Login("", "");
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    static Login of(@Nullable String authorization) {
        if (authorization == null || authorization.length() > MAX_LENGTH) {
            return NOTHING;
        }
        if (begins(authorization, BEARER)) {
            return new Login("", authorization.substring(BEARER.length()).strip());
        }
        return begins(authorization, BASIC)
                ? basic(authorization.substring(BASIC.length()).strip())
                : NOTHING;
    }

    private static boolean begins(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    private static Login basic(String encoded) {
        String given;
        try {
            given = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException ignored) {
            // Nonsense is nobody's password.
            return NOTHING;
        }
        int colon = given.indexOf(':');
        return colon < 0 ? NOTHING : new Login(given.substring(0, colon), given.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
