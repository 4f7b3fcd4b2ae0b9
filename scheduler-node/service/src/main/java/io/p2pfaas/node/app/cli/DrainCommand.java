package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code drain}: lets a node end: it takes nothing new, ends what it has, and leaves. */
final class DrainCommand {
    private static final String WAIT = "--wait";
    private static final int MOST_SECONDS = 3600;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private DrainCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                DrainCommand::run,
                "Lets the node leave: it takes no new call, ends those that it has (stop-grace), and its process ends. It"
                        + " does not come back by itself unless something starts it again.");
        Target.addTo(spec);
        spec.addOption(Options.text(
                "SECONDS", "Wait so long until it is gone, and end with 1 if it is not. Default: 0", WAIT));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            int seconds = Options.number(WAIT, parsed.matchedOptionValue(WAIT, "0"), 0, MOST_SECONDS);
            String id = Table.harmless(node.read("/status").path("id").asText());
            node.send("POST", "/system/drain", JsonNodeFactory.instance.objectNode());
            System.out.println(Table.harmless(id) + " takes no new calls and leaves");
            if (seconds == 0) {
                return Asking.OK;
            }
            if (isGone(node, seconds)) {
                System.out.println(Table.harmless(id) + " is gone");
                return Asking.OK;
            }
            System.err.println(Table.harmless(id) + " is still there after " + seconds + " s");
            return Asking.REFUSED;
        });
    }

    private static boolean isGone(NodeApi node, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            try {
                node.read("/status");
            } catch (ConnectException gone) {
                return true;
            } catch (IOException ignored) {
                // It refuses, is slow, or just lets go of its connections: something is there.
            }
            Asking.pause(POLL_NANOS);
        }
        return false;
    }
}
