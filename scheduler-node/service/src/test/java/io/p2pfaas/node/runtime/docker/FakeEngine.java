package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory. Images are known by name: {@link #RUNNING} runs until it is ended, {@link #ENDING} ends at once
 * with code 3. It can be switched off and on, and containers can be made to crash. Watchers and readers of logs are told
 * on the calling thread, after its lock is free. Thread-safe.
 */
final class FakeEngine implements Engine {
    static final String RUNNING = "fake/running";
    static final String ENDING = "fake/ending";
    private static final String LAST_WORDS = "this function ends at once";

    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Runnable> news = new ArrayList<>();
    private int numbers;
    private boolean off;

    @Override
    public String create(ContainerPlan plan) throws EngineException {
        return asked(() -> {
            requireKnown(plan.image());
            if (!networks.containsKey(plan.network())) {
                throw new EngineException(Kind.ABSENT, "network " + plan.network() + " is not there", null);
            }
            if (containers.values().stream().anyMatch(one -> one.plan.name().equals(plan.name()))) {
                throw new EngineException(Kind.REFUSED, "the name " + plan.name() + " is taken", null);
            }
            int number = ++numbers;
            String id = String.format("%064x", number);
            containers.put(id, new Container(id, plan, "10.0.0." + number));
            return id;
        });
    }

    @Override
    public String start(String id) throws EngineException {
        return asked(() -> {
            Container container = present(id);
            if (container.state == State.RUNNING) {
                return container.address;
            }
            container.state = State.RUNNING;
            if (container.plan.image().equals(ENDING)) {
                write(container, LAST_WORDS);
                end(container, 3);
                throw new EngineException(
                        Kind.FAILED,
                        "container " + container.plan.name() + " ended as soon as it was started, with exit code 3",
                        null);
            }
            write(container, "listening");
            return container.address;
        });
    }

    @Override
    public void pause(String id) throws EngineException {
        change(id, State.RUNNING, State.PAUSED);
    }

    @Override
    public void unpause(String id) throws EngineException {
        change(id, State.PAUSED, State.RUNNING);
    }

    private void change(String id, State from, State to) throws EngineException {
        asked(() -> {
            Container container = present(id);
            if (container.state != from) {
                throw new EngineException(Kind.REFUSED, "container " + id + " is " + container.state, null);
            }
            container.state = to;
            return "";
        });
    }

    @Override
    public void remove(String id) throws EngineException {
        asked(() -> {
            Container container = containers.remove(id);
            if (container != null && (container.state == State.RUNNING || container.state == State.PAUSED)) {
                end(container, 137);
            }
            return "";
        });
    }

    @Override
    public Optional<Found> inspect(String id) throws EngineException {
        return asked(() -> Optional.ofNullable(containers.get(id)).map(Container::found));
    }

    @Override
    public List<Found> list(String label, String value) throws EngineException {
        return asked(() -> containers.values().stream()
                .filter(one -> value.equals(one.plan.labels().get(label)))
                .map(Container::found)
                .toList());
    }

    @Override
    public String requireImage(String image, Consumer<String> progress) throws EngineException {
        return asked(() -> {
            requireKnown(image);
            return imageId(image);
        });
    }

    private static void requireKnown(String image) throws EngineException {
        if (!image.equals(RUNNING) && !image.equals(ENDING)) {
            throw new EngineException(Kind.ABSENT, "image " + image + " is not here", null);
        }
    }

    private static String imageId(String image) {
        return "sha256:" + Integer.toHexString(image.hashCode());
    }

    @Override
    public void requireNetwork(String name, boolean internal, Map<String, String> labels) throws EngineException {
        asked(() -> {
            Network network = networks.putIfAbsent(name, new Network(internal, Map.copyOf(labels)));
            if (network != null && !network.internal && internal) {
                throw new EngineException(Kind.REFUSED, "network " + name + " leads somewhere", null);
            }
            return "";
        });
    }

    @Override
    public void removeNetwork(String name) throws EngineException {
        asked(() -> {
            boolean used = containers.values().stream()
                    .anyMatch(
                            one -> one.state != State.GONE && one.plan.network().equals(name));
            if (!used) {
                networks.remove(name);
            }
            return "";
        });
    }

    @Override
    public List<String> networks(String label, String value) throws EngineException {
        return asked(() -> networks.entrySet().stream()
                .filter(one -> value.equals(one.getValue().labels.get(label)))
                .map(Map.Entry::getKey)
                .toList());
    }

    @Override
    public LogStream watch(String label, String value, Watcher watcher) throws EngineException {
        return asked(() -> {
            Watch watch = new Watch(label, value, watcher);
            watches.add(watch);
            return () -> {
                synchronized (this) {
                    watches.remove(watch);
                }
            };
        });
    }

    @Override
    public LogStream logs(String id, OptionalInt tail, @Nullable Instant since, boolean follow, Lines lines)
            throws EngineException {
        return asked(() -> {
            Container container = present(id);
            Reader reader = new Reader(lines);
            List<Written> old = container.log.stream()
                    .filter(one -> since == null || !one.at.isBefore(since))
                    .toList();
            old.subList(Math.max(0, old.size() - tail.orElse(old.size())), old.size())
                    .forEach(one -> news.add(() -> reader.line(one)));
            if (follow && container.state != State.GONE) {
                container.readers.add(reader);
            } else {
                news.add(reader::end);
            }
            return reader;
        });
    }

    @Override
    public synchronized boolean isThere() {
        return !off;
    }

    @Override
    public void close() {}

    /** The engine ends, and with it all containers; watchers hear that it is lost. */
    void switchOff() {
        List<Watch> lost;
        synchronized (this) {
            off = true;
            containers.values().forEach(one -> {
                if (one.state != State.CREATED) {
                    one.state = State.GONE;
                }
            });
            lost = List.copyOf(watches);
            watches.clear();
        }
        lost.forEach(one -> one.watcher.lost());
    }

    /** It is there again, with the same containers, none of which runs. */
    synchronized void switchOn() {
        off = false;
    }

    /** A container ends by itself. */
    void crash(String id, int exitCode, boolean outOfMemory) throws EngineException {
        asked(() -> {
            Container container = present(id);
            if (outOfMemory) {
                container.outOfMemory = true;
                tell(container, watcher -> watcher.outOfMemory(id));
            }
            end(container, exitCode);
            return "";
        });
    }

    private <T> T asked(Question<T> question) throws EngineException {
        List<Runnable> due;
        try {
            synchronized (this) {
                if (off) {
                    throw new EngineException(Kind.UNREACHABLE, "the container engine does not answer", null);
                }
                return question.answer();
            }
        } finally {
            synchronized (this) {
                due = List.copyOf(news);
                news.clear();
            }
            due.forEach(Runnable::run);
        }
    }

    private Container present(String id) throws EngineException {
        Container container = containers.get(id);
        if (container == null) {
            throw new EngineException(Kind.ABSENT, "container " + id + " is not there", null);
        }
        return container;
    }

    private void write(Container container, String text) {
        Written line = new Written(Instant.now(), text);
        container.log.add(line);
        container.readers.forEach(reader -> news.add(() -> reader.line(line)));
    }

    private void end(Container container, int exitCode) {
        container.state = State.GONE;
        container.exitCode = exitCode;
        container.readers.forEach(reader -> news.add(reader::end));
        tell(container, watcher -> watcher.died(container.id, exitCode));
    }

    private void tell(Container container, Consumer<Watcher> what) {
        for (Watch watch : watches) {
            if (watch.value.equals(container.plan.labels().get(watch.label))) {
                news.add(() -> what.accept(watch.watcher));
            }
        }
    }

    private interface Question<T> {
        T answer() throws EngineException;
    }

    private record Network(boolean internal, Map<String, String> labels) {}

    private record Watch(String label, String value, Watcher watcher) {}

    private record Written(Instant at, String text) {}

    private static final class Container {
        final String id;
        final ContainerPlan plan;
        final String address;
        final List<Written> log = new ArrayList<>();
        final List<Reader> readers = new ArrayList<>();
        State state = State.CREATED;
        int exitCode;
        boolean outOfMemory;

        Container(String id, ContainerPlan plan, String address) {
            this.id = id;
            this.plan = plan;
            this.address = address;
        }

        Found found() {
            boolean lives = state == State.RUNNING || state == State.PAUSED;
            return new Found(
                    id,
                    plan.name(),
                    state,
                    plan.labels(),
                    imageId(plan.image()),
                    lives ? address : "",
                    exitCode,
                    outOfMemory);
        }
    }

    private static final class Reader implements LogStream {
        private final Lines lines;
        private boolean over;

        Reader(Lines lines) {
            this.lines = lines;
        }

        synchronized void line(Written line) {
            if (!over && !lines.line(line.at, line.text)) {
                over = true;
            }
        }

        synchronized void end() {
            if (!over) {
                over = true;
                lines.ended();
            }
        }

        @Override
        public synchronized void close() {
            over = true;
        }
    }
}
