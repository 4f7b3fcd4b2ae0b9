package io.p2pfaas.node.tls;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with keys or certificates cannot be used. */
public final class TlsFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** Which of the files it is. */
    public enum Role {
        CA,
        CERTIFICATE,
        KEY
    }

    private final Role role;
    private final String reason;

    TlsFileException(Role role, Path file, String reason, @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
        this.role = role;
        this.reason = reason;
    }

    public Role role() {
        return role;
    }

    /** What is wrong, without the file's name. */
    public String reason() {
        return reason;
    }
}
