package io.p2pfaas.load.device;

import org.jspecify.annotations.Nullable;

/** Failures in words. Paho puts the interesting part into the cause. */
final class Failure {
    private Failure() {}

    static String of(@Nullable Throwable failure) {
        if (failure == null) {
            return "connection lost";
        }
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + cause.getMessage();
    }
}
