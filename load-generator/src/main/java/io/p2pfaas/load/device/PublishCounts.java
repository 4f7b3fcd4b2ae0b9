package io.p2pfaas.load.device;

/**
 * PUBLISH packets through a broker.
 *
 * @param received from clients
 * @param sent to clients
 */
public record PublishCounts(long received, long sent) {
    /** The sum. */
    public PublishCounts plus(PublishCounts other) {
        return new PublishCounts(received + other.received, sent + other.sent);
    }

    /** The difference. */
    public PublishCounts minus(PublishCounts other) {
        return new PublishCounts(received - other.received, sent - other.sent);
    }

    PublishCounts times(double share) {
        return new PublishCounts(Math.round(received * share), Math.round(sent * share));
    }
}
