package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what the instances of one function write. Without following, one instance after the other; with it, all at
 * once, and those that come later too. Thread-safe.
 */
final class FunctionLogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionLogs.class);

    private final FunctionName function;
    private final ContainerShop shop;
    private final Set<Stream> followers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    FunctionLogs(FunctionName function, ContainerShop shop) {
        this.function = function;
        this.shop = shop;
    }

    /** See {@link io.p2pfaas.node.function.FunctionDesk#logs}. */
    LogStream open(LogQuery query, LogSink sink, List<Instance> instances) {
        Stream stream = new Stream(query, sink);
        if (query.follow()) {
            followers.add(stream);
            instances.forEach(stream::follow);
            if (closed) {
                stream.end();
            }
        } else {
            stream.readOneByOne(instances);
        }
        return stream;
    }

    /** An instance has been started. */
    void appeared(Instance instance) {
        followers.forEach(stream -> stream.follow(instance));
    }

    /** The function goes: nothing more will be written. */
    @Override
    public void close() {
        closed = true;
        followers.forEach(Stream::end);
    }

    /** What one asker gets. */
    private final class Stream implements LogStream {
        private final LogQuery query;
        private final LogSink sink;
        private final Queue<Instance> unread = new ArrayDeque<>();
        private final List<LogStream> sources = new ArrayList<>();
        private final Set<Instance> known = ConcurrentHashMap.newKeySet();
        /** One line at a time; whoever holds it may be blocked by the sink. */
        private final ReentrantLock turn = new ReentrantLock();

        private volatile boolean over;
        private volatile boolean endDue;
        /** The sink is to hear nothing more, not even the end. */
        private volatile boolean finished;

        Stream(LogQuery query, LogSink sink) {
            this.query = query;
            this.sink = sink;
        }

        private boolean isWanted(Instance instance) {
            String id = instance.id();
            return id != null
                    && query.instance()
                            .map(prefix -> instance.name.startsWith(prefix) || id.startsWith(prefix))
                            .orElse(true);
        }

        void readOneByOne(List<Instance> instances) {
            instances.stream().filter(this::isWanted).forEach(unread::add);
            soon(this::readNext);
        }

        private void readNext() {
            Instance next;
            synchronized (unread) {
                next = unread.poll();
            }
            if (over || next == null) {
                end();
            } else {
                read(next, () -> soon(this::readNext));
            }
        }

        void follow(Instance instance) {
            if (!over && isWanted(instance) && known.add(instance)) {
                // Whoever was asked for by name has said it all when that one ends.
                soon(() -> read(instance, query.instance().isPresent() ? this::end : () -> {}));
            }
        }

        private void read(Instance instance, Runnable afterwards) {
            String id = instance.id();
            if (id == null) {
                afterwards.run();
                return;
            }
            try {
                @Nullable Instant since = query.since().orElse(null);
                add(shop.engine().logs(id, query.tail(), since, query.follow(), new Engine.Lines() {
                    @Override
                    public boolean line(Instant timestamp, String text) {
                        return handOver(new LogLine(function, instance.name, timestamp, text));
                    }

                    @Override
                    public void ended() {
                        afterwards.run();
                    }
                }));
            } catch (EngineException e) {
                LOG.warn("container_log_failed instance={} why=\"{}\"", instance.name, e.getMessage());
                afterwards.run();
            }
        }

        private boolean handOver(LogLine line) {
            boolean more;
            turn.lock();
            try {
                more = !over && sink.line(line);
            } finally {
                turn.unlock();
            }
            if (!more) {
                end();
            } else if (endDue) {
                tellEnd();
            }
            return more;
        }

        private void soon(Runnable task) {
            try {
                shop.threads().soon(task);
            } catch (RejectedExecutionException ignored) {
                // The node is stopping.
                end();
            }
        }

        private void add(LogStream source) {
            synchronized (sources) {
                sources.add(source);
            }
            if (over) {
                source.close();
            }
        }

        /** There is nothing more. Never waits for the sink. */
        void end() {
            endDue = !finished;
            stop();
            tellEnd();
        }

        private void tellEnd() {
            while (endDue && turn.tryLock()) {
                try {
                    if (endDue) {
                        endDue = false;
                        finished = true;
                        sink.ended();
                    }
                } finally {
                    turn.unlock();
                }
            }
        }

        private void stop() {
            over = true;
            followers.remove(this);
            List<LogStream> open;
            synchronized (sources) {
                open = List.copyOf(sources);
                sources.clear();
            }
            open.forEach(LogStream::close);
        }

        @Override
        public void close() {
            finished = true;
            endDue = false;
            stop();
        }
    }
}
