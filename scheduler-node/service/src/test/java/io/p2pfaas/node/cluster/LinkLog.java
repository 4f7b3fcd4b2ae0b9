package io.p2pfaas.node.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to what the nodes of this process log about their link. */
final class LinkLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.p2pfaas.node");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    LinkLog() {
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logRecord) {
        said.add(logRecord.getMessage());
    }

    void await(String part) {
        Await.until(() -> "the log says '" + part + "': " + said, () -> count(part) > 0);
    }

    long count(String part) {
        return lines().stream().filter(line -> line.contains(part)).count();
    }

    List<String> lines() {
        return List.copyOf(said);
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
