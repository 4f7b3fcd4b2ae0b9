package io.p2pfaas.load.live.cluster;

/** The cluster did not come up, or is not what it should be. The message is for people. */
public final class LaunchFailed extends Exception {
    private static final long serialVersionUID = 1;

    LaunchFailed(String message) {
        super(message);
    }

    LaunchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
