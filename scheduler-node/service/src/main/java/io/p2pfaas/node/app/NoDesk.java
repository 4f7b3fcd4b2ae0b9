package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.function.FunctionDefinition;
import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.FunctionState;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import io.p2pfaas.node.function.SecretDesk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Stands where the desk will be until it is merged: there are no functions to manage, and everything is refused. */
final class NoDesk implements FunctionDesk, SecretDesk {
    private static final Optional<Refusal> REFUSED =
            Optional.of(new Refusal(501, 1, "This build cannot manage functions"));

    @Override
    public List<FunctionState> list() {
        return List.of();
    }

    @Override
    public Optional<FunctionState> find(FunctionName name) {
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> deploy(FunctionDefinition definition) {
        return REFUSED;
    }

    @Override
    public Optional<Refusal> update(FunctionDefinition definition) {
        return REFUSED;
    }

    @Override
    public Optional<Refusal> remove(FunctionName name) {
        return REFUSED;
    }

    @Override
    public Optional<Refusal> scale(FunctionName name, int replicas) {
        return REFUSED;
    }

    @Override
    public LogStream logs(LogQuery query, LogSink sink) {
        sink.ended();
        return () -> {};
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public Optional<Refusal> create(String name, ByteBuffer value) {
        return REFUSED;
    }

    @Override
    public Optional<Refusal> replace(String name, ByteBuffer value) {
        return REFUSED;
    }

    @Override
    public Optional<Refusal> remove(String name) {
        return REFUSED;
    }
}
