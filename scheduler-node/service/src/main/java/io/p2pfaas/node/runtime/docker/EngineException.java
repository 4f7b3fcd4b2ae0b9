package io.p2pfaas.node.runtime.docker;

import org.jspecify.annotations.Nullable;

/** The engine did not do what it was asked to. The message is for operators and callers: no addresses, no secrets. */
final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    enum Kind {
        /** The engine does not answer: it may work later. */
        UNREACHABLE,
        /** The image, container or network is not there. */
        ABSENT,
        /** It cannot work this way, now or later: a wrong name, a limit that the engine refuses. */
        REFUSED,
        /** The engine failed, for whatever reason. */
        FAILED
    }

    private final Kind kind;

    EngineException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
