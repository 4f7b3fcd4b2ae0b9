package io.p2pfaas.core.peers;

import java.util.Locale;

/** What a peer says of itself, or its will says for it. */
public enum PeerState {
    /** Takes calls. */
    ONLINE,
    /** Finishes what it has and takes nothing new. */
    DRAINING,
    /** Gone: it left, or the broker lost it. */
    LOST;

    /** Lower case, for messages and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
