package io.p2pfaas.node.access;

import io.p2pfaas.node.files.FileWatch;
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

    private final Optional<Credentials> credentials;
    private final Supplier<Tokens> tokens;
    private final Runnable look;
    private final WrongTries tries = new WrongTries();

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

    /** Whether nobody is known, so that nothing that is shown can be right or wrong. */
    public boolean isOpen() {
        return credentials.isEmpty() && tokens.get().isEmpty();
    }

    /** Whether calls need a token. */
    public boolean asksCallers() {
        return tokens.get().has(Role.INVOKE);
    }

    /**
     * What somebody showed.
     *
     * @param holder whose token or password it is
     * @param isWrong it was nobody's, and counts as a try
     * @param waitSeconds more than 0: this address tried too often, and passwords were not even looked at
     */
    public record Visit(Optional<Tokens.Holder> holder, boolean isWrong, int waitSeconds) {
        /** Nothing that could be somebody's. */
        public static final Visit NOTHING_SHOWN = new Visit(Optional.empty(), false, 0);

        private static Visit of(Tokens.Holder holder) {
            return new Visit(Optional.of(holder), false, 0);
        }
    }

    /**
     * Somebody comes and shows a token, or the value of {@code Authorization}: a bearer token, or user and password, where
     * the password may be a token too, since clients of OpenFaaS speak basic authentication only. Tokens cannot be guessed,
     * so a right one is always taken; passwords can, so after too many wrong tries of one address none is looked at.
     *
     * @param isAsked whether something has to be shown; if not, what is unknown may be meant for a function, unless it
     *     names the administrator
     * @param from the address
     */
    public Visit visit(
            @Nullable String token, @Nullable String authorization, boolean isAsked, String from, long nowNanos) {
        Tokens valid = tokens.get();
        if (credentials.isEmpty() && valid.isEmpty()) {
            return Visit.NOTHING_SHOWN;
        }
        Login login = Login.of(authorization);
        Optional<Tokens.Holder> holder = holder(valid, token).or(() -> holder(valid, login.secret()));
        if (holder.isPresent()) {
            return Visit.of(holder.get());
        }
        boolean isAdmin = credentials.isPresent() && credentials.get().isNamed(login.user());
        if (!isAdmin && !(isAsked && (token != null || authorization != null))) {
            return Visit.NOTHING_SHOWN;
        }
        int wait = tries.waitSeconds(from, nowNanos);
        if (wait > 0) {
            return new Visit(Optional.empty(), true, wait);
        }
        if (isAdmin && credentials.get().match(login.user(), login.secret())) {
            return Visit.of(new Tokens.Holder(Role.ADMIN, login.user()));
        }
        tries.tried(from, nowNanos);
        if (tries.waitSeconds(from, nowNanos) > 0) {
            LOG.warn("too many wrong passwords or tokens from {}", from);
        }
        return new Visit(Optional.empty(), true, 0);
    }

    /** Whether a token is somebody's. */
    public boolean isValid(@Nullable String token) {
        return holder(tokens.get(), token).isPresent();
    }

    private static Optional<Tokens.Holder> holder(Tokens valid, @Nullable String token) {
        return token == null || token.isEmpty() || token.length() > Login.MAX_LENGTH
                ? Optional.empty()
                : valid.holderOf(token);
    }
}
