package io.p2pfaas.node.runtime;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The last lines that a program has written to its standard error, and those who wait for more. Thread-safe. */
final class ExecLog {
    /** With {@link ExecExecution}'s bound of a line this is 4 MB at most. */
    private static final int MAX_LINES = 1000;

    private record Line(Instant timestamp, String instance, String text) {}

    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    /** Lines that there ever were; the number of the next. */
    private long count;

    private boolean closed;

    synchronized void add(Instant timestamp, String instance, String text) {
        if (lines.size() == MAX_LINES) {
            lines.removeFirst();
        }
        lines.addLast(new Line(timestamp, instance, text));
        count++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    LogStream read(LogQuery query, LogSink sink, Executor threads) {
        Reader reader = new Reader(query, sink);
        threads.execute(reader);
        return reader;
    }

    private final class Reader implements Runnable, LogStream {
        private final LogQuery query;
        private final LogSink sink;
        private boolean ended;
        private long next;

        Reader(LogQuery query, LogSink sink) {
            this.query = query;
            this.sink = sink;
            synchronized (ExecLog.this) {
                // Tail counts lines that fit the rest of the query.
                long fitting = lines.stream().filter(this::fits).count();
                long skip = query.tail().isPresent() ? fitting - query.tail().getAsInt() : 0;
                next = count - lines.size();
                for (Line line : lines) {
                    if (skip <= 0) {
                        break;
                    }
                    skip -= fits(line) ? 1 : 0;
                    next++;
                }
            }
        }

        private boolean fits(Line line) {
            return query.instance().map(line.instance()::startsWith).orElse(true)
                    && query.since()
                            .map(since -> !line.timestamp().isBefore(since))
                            .orElse(true);
        }

        @Override
        public void run() {
            try {
                for (List<Line> batch = take(); !batch.isEmpty(); batch = take()) {
                    for (Line line : batch) {
                        if (!sink.line(new LogLine(query.name(), line.instance(), line.timestamp(), line.text()))) {
                            return;
                        }
                    }
                }
                sink.ended();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** The lines that are new, after waiting for some if the query follows; empty at the end. */
        private List<Line> take() throws InterruptedException {
            synchronized (ExecLog.this) {
                while (!ended) {
                    List<Line> batch = new ArrayList<>();
                    long number = count - lines.size();
                    for (Line line : lines) {
                        if (number++ >= next && fits(line)) {
                            batch.add(line);
                        }
                    }
                    next = count;
                    if (!batch.isEmpty() || !query.follow() || closed) {
                        return batch;
                    }
                    ExecLog.this.wait();
                }
                return List.of();
            }
        }

        @Override
        public void close() {
            synchronized (ExecLog.this) {
                ended = true;
                ExecLog.this.notifyAll();
            }
        }
    }
}
