package io.p2pfaas.node.app.cli;

import java.io.IOException;

/** A node answered, and the answer is no. */
final class NodeRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    NodeRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
