package io.p2pfaas.node.access;

import io.p2pfaas.node.call.Sha256;
import java.security.MessageDigest;

/** Who may manage the node. */
public record Credentials(String user, String password) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if one is empty, or the user cannot be told from the password
     */
    public Credentials {
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user must be a name without a colon, but is \"" + user + "\"");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the password must not be empty");
        }
    }

    /** Whether it is said to be them; their name is no secret. */
    boolean isNamed(String givenUser) {
        return user.equals(givenUser);
    }

    /** Takes the same time whatever was given: digests are compared, so not even a length can be measured. */
    boolean match(String givenUser, String givenPassword) {
        return MessageDigest.isEqual(Sha256.of(user + ":" + password), Sha256.of(givenUser + ":" + givenPassword));
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
