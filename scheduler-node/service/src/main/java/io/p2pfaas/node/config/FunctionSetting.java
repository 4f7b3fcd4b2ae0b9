package io.p2pfaas.node.config;

import io.p2pfaas.core.model.FunctionName;

/**
 * A function that is deployed from the start.
 *
 * @param spec what runs it, for example {@code builtin:echo} or {@code http://127.0.0.1:9000}
 * @param idempotent may be run again if it is unknown whether it ran
 */
public record FunctionSetting(FunctionName name, String spec, boolean idempotent) {}
