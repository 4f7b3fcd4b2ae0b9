/** Scheduling algorithms from jars of others: loading them, and keeping their faults away from a node. */
@NullMarked
package io.p2pfaas.plugin;

import org.jspecify.annotations.NullMarked;
