package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node process. It gets any free port at its first start, and the same one again after that. */
final class LaunchedNode {
    private static final Pattern READY = Pattern.compile("(?m)^node \\S+ ready at (http://[^\\s,]+)");

    private final String id;
    private final IntFunction<List<String>> command;
    private final Path log;
    /** Replaced by the thread of the faults. */
    private volatile OwnProcess process;

    private URI url = URI.create("http://127.0.0.1:0");

    /** @param command for a port, 0 for any */
    LaunchedNode(String id, IntFunction<List<String>> command, Path log) throws IOException {
        this.id = id;
        this.command = command;
        this.log = log;
        Files.deleteIfExists(log);
        process = OwnProcess.start("node " + id, command.apply(0), log);
    }

    String id() {
        return id;
    }

    /** Where it listens; port 0 before it has said so. */
    URI url() {
        return url;
    }

    OwnProcess process() {
        return process;
    }

    /** Looks into the log whether it has said that it is ready. */
    boolean isReady() throws IOException {
        Matcher ready = READY.matcher(Files.readString(log));
        if (!ready.find()) {
            return false;
        }
        url = URI.create(ready.group(1));
        return true;
    }

    /** Starts it again after a kill, on the same port; returns at once. */
    void startAgain() throws IOException {
        process = OwnProcess.start("node " + id, command.apply(url.getPort()), log);
    }
}
