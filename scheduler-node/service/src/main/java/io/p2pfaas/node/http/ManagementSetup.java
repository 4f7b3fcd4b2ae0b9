package io.p2pfaas.node.http;

import io.p2pfaas.node.access.Access;
import java.time.Duration;

/**
 * How the node may be managed over HTTP.
 *
 * @param access who may
 * @param version of this build, as it is told to clients
 * @param maxLogTime a log that is followed ends after it
 * @param maxLogBytes a log ends after so many
 * @param maxLogs logs that are read at the same time
 */
public record ManagementSetup(Access access, String version, Duration maxLogTime, long maxLogBytes, int maxLogs) {
    private static final Duration LOG_TIME = Duration.ofMinutes(30);
    private static final long LOG_BYTES = 64L * 1024 * 1024;
    private static final int LOGS = 16;

    /** The usual bounds. */
    public static ManagementSetup of(Access access, String version) {
        return new ManagementSetup(access, version, LOG_TIME, LOG_BYTES, LOGS);
    }
}
