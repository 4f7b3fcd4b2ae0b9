/** Traces of calls: W3C trace context in and out, spans, and their export by OTLP. Knows calls, and none of the edges. */
@NullMarked
package io.p2pfaas.node.trace;

import org.jspecify.annotations.NullMarked;
