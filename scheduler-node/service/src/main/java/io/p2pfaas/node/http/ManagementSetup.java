package io.p2pfaas.node.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How the node may be managed over HTTP.
 *
 * @param credentials who may; empty = whoever is on this machine
 * @param guardsConfiguration whether changes below {@code /configuration} ask for them too
 * @param version of this build, as it is told to clients
 * @param maxLogTime a log that is followed ends after it
 * @param maxLogBytes a log ends after so many
 * @param maxLogs logs that are read at the same time
 */
public record ManagementSetup(
        Optional<Credentials> credentials,
        boolean guardsConfiguration,
        String version,
        Duration maxLogTime,
        long maxLogBytes,
        int maxLogs) {
    private static final Duration LOG_TIME = Duration.ofMinutes(30);
    private static final long LOG_BYTES = 64L * 1024 * 1024;
    private static final int LOGS = 16;

    /** The usual bounds. */
    public static ManagementSetup of(Optional<Credentials> credentials, boolean guardsConfiguration, String version) {
        return new ManagementSetup(credentials, guardsConfiguration, version, LOG_TIME, LOG_BYTES, LOGS);
    }
}
