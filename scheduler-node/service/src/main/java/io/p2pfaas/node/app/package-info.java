/** Wiring and the command line; the one place that knows everybody. */
@NullMarked
package io.p2pfaas.node.app;

import org.jspecify.annotations.NullMarked;
