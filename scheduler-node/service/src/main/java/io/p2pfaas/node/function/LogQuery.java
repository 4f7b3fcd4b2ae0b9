package io.p2pfaas.node.function;

import io.p2pfaas.core.model.FunctionName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which lines of a function's log are wanted.
 *
 * @param instance only of the instance whose name or id begins so
 * @param tail the last so many of each instance
 * @param since only those written at or after it
 * @param follow whether to wait for further ones
 */
public record LogQuery(
        FunctionName name, Optional<String> instance, OptionalInt tail, Optional<Instant> since, boolean follow) {}
