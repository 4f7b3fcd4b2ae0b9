package io.p2pfaas.node.access;

import io.p2pfaas.node.files.FileWatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what over HTTP. Without an administrator only the node's own machine may manage it; without a token for
 * callers everybody may call. Any thread.
 */
public final class Access {
    /** Nobody has anything to show. */
    public static final Access OPEN = of(Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final int MAX_LENGTH = 1024;

    private final Optional<Credentials> credentials;
    private final Supplier<Tokens> tokens;
    private final Runnable look;

    private Access(Optional<Credentials> credentials, Supplier<Tokens> tokens, Runnable look) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.look = look;
    }

    /** A user with a password, or nobody. */
    public static Access of(Optional<Credentials> credentials) {
        return new Access(credentials, () -> Tokens.NONE, () -> {});
    }

    /** Holders of tokens too. */
    public static Access of(Optional<Credentials> credentials, FileWatch<Tokens> tokens) {
        return new Access(credentials, tokens::content, () -> {
            if (tokens.look()) {
                LOG.info("tokens were read again: {}", tokens.content().summary());
            }
        });
    }

    /** Reads the tokens again if their file has changed; blocks. */
    public void look() {
        look.run();
    }

    /** Whether there are administrators, so that being on this machine is not enough. */
    public boolean hasAdmins() {
        return credentials.isPresent() || tokens.get().has(Role.ADMIN);
    }

    /** Whether calls need a token. */
    public boolean asksCallers() {
        return tokens.get().has(Role.INVOKE);
    }

    /**
     * Who shows this, as the value of {@code Authorization}: a bearer token, or user and password, where the password may
     * be a token too, since clients of OpenFaaS speak basic authentication only.
     */
    public Optional<Tokens.Holder> holderOf(@Nullable String authorization) {
        if (authorization == null || authorization.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (begins(authorization, BEARER)) {
            return holderOfToken(authorization.substring(BEARER.length()).strip());
        }
        return begins(authorization, BASIC)
                ? basic(authorization.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    /** Whose token it is. */
    public Optional<Tokens.Holder> holderOfToken(@Nullable String token) {
        return token == null || token.isEmpty() || token.length() > MAX_LENGTH
                ? Optional.empty()
                : tokens.get().holderOf(token);
    }

    private static boolean begins(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    private Optional<Tokens.Holder> basic(String encoded) {
        String given;
        try {
            given = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException ignored) {
            // Nonsense is nobody's password.
            return Optional.empty();
        }
        int colon = given.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String user = given.substring(0, colon);
        String password = given.substring(colon + 1);
        return credentials.isPresent() && credentials.get().match(user, password)
                ? Optional.of(new Tokens.Holder(Role.ADMIN, credentials.get().user()))
                : holderOfToken(password);
    }
}
