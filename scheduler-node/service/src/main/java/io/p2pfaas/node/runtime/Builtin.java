package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Request;

/** A function that is part of the node. */
@FunctionalInterface
interface Builtin {
    /** Begins the call, without blocking: answers through {@code execution}, now or later. */
    void run(Request request, BuiltinExecution execution);
}
