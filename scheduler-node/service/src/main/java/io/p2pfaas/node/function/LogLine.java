package io.p2pfaas.node.function;

import io.p2pfaas.core.model.FunctionName;
import java.time.Instant;

/**
 * One line that a function has written.
 *
 * @param instance which of its replicas wrote it
 * @param text without its line end
 */
public record LogLine(FunctionName function, String instance, Instant timestamp, String text) {}
