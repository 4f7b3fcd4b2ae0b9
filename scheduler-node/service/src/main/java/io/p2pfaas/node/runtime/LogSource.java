package io.p2pfaas.node.runtime;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;

/** A runtime that knows what its function has written. */
public interface LogSource {
    /** See {@link io.p2pfaas.node.function.FunctionDesk#logs}. */
    LogStream logs(LogQuery query, LogSink sink);
}
