package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.FunctionState;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions in memory. What they write is what the test says. */
final class FakeFunctionDesk implements FunctionDesk {
    static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final Optional<Refusal> UNKNOWN = Optional.of(new Refusal(404, 3, "Not Found"));

    private final Map<FunctionName, FunctionState> functions = new ConcurrentSkipListMap<>();
    private final BlockingQueue<Reading> readings = new LinkedBlockingQueue<>();

    /** One who reads a log. */
    record Reading(LogQuery query, LogSink sink, AtomicInteger closed) implements LogStream {
        boolean write(String text) {
            return sink.line(new LogLine(query.name(), query.name() + "-1", CREATED, text));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Override
    public List<FunctionState> list() {
        return List.copyOf(functions.values());
    }

    @Override
    public Optional<FunctionState> find(FunctionName name) {
        if (name.value().equals("broken")) {
            throw new IllegalStateException("as the test wants");
        }
        return Optional.ofNullable(functions.get(name));
    }

    @Override
    public Optional<Refusal> deploy(FunctionDefinition definition) {
        if (definition.image().equals("docker:missing")) {
            return Optional.of(new Refusal(400, 200, "the image missing is not here and cannot be fetched"));
        }
        functions.put(definition.name(), new FunctionState(definition, 1, 1, 0, CREATED));
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> update(FunctionDefinition definition) {
        return functions.containsKey(definition.name()) ? deploy(definition) : UNKNOWN;
    }

    @Override
    public Optional<Refusal> remove(FunctionName name) {
        return functions.remove(name) == null ? UNKNOWN : Optional.empty();
    }

    @Override
    public Optional<Refusal> scale(FunctionName name, int replicas) {
        FunctionState state = functions.get(name);
        if (state == null) {
            return UNKNOWN;
        }
        functions.put(name, new FunctionState(state.definition(), replicas, replicas, 0, CREATED));
        return Optional.empty();
    }

    @Override
    public LogStream logs(LogQuery query, LogSink sink) {
        Reading reading = new Reading(query, sink, new AtomicInteger());
        readings.add(reading);
        return reading;
    }

    /** The next one who reads a log. */
    Reading nextReading() throws InterruptedException {
        return readings.take();
    }
}
