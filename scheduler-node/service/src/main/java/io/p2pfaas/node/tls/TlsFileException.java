package io.p2pfaas.node.tls;

import io.p2pfaas.node.files.FileProblem;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with keys or certificates cannot be used. */
public final class TlsFileException extends FileProblem {
    @Serial
    private static final long serialVersionUID = 1;

    /** Which of the files it is. */
    public enum Role {
        CA,
        CERTIFICATE,
        KEY
    }

    private final Role role;

    TlsFileException(Role role, Path file, String reason, @Nullable Throwable cause) {
        super(file.toString(), reason, cause);
        this.role = role;
    }

    public Role role() {
        return role;
    }
}
