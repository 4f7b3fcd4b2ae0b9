/** Keeps docs/fault-matrix.md and the tests that it names together. */
@NullMarked
package io.p2pfaas.node.faults;

import org.jspecify.annotations.NullMarked;
