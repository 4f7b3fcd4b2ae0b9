package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;

/** Does what a command does with its node, and says in words why it could not. */
final class Asking {
    static final int OK = CommandLine.ExitCode.OK;
    static final int REFUSED = CommandLine.ExitCode.SOFTWARE;
    private static final int USAGE = CommandLine.ExitCode.USAGE;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Asking() {}

    /** What is done; answers the exit code. */
    @FunctionalInterface
    interface Work {
        int with(NodeApi node) throws IOException;
    }

    /** Waits; shorter only if the thread is to end. */
    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }

    static int node(CommandLine.ParseResult parsed, Work work) {
        return run(parsed, () -> work.with(new NodeApi(Target.client(parsed, TIMEOUT))));
    }

    /** The same for work that finds its node itself. */
    @FunctionalInterface
    interface Any {
        int run() throws IOException;
    }

    static int run(CommandLine.ParseResult parsed, Any work) {
        try {
            return work.run();
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return USAGE;
        } catch (IOException failed) {
            System.err.println(Table.harmlessLines(Target.url(parsed) + ": " + Target.words(failed)));
            return REFUSED;
        }
    }
}
