package io.p2pfaas.node.files;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file cannot be used; the message names it and says why. */
public class FileProblem extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param file its name
     * @param reason what is wrong, without the file's name
     */
    public FileProblem(String file, String reason, @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
        this.reason = reason;
    }

    /** What is wrong, without the file's name. */
    public String reason() {
        return reason;
    }
}
