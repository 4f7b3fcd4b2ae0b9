/** The function-runtime port and the runtimes that need nothing but the node. */
@NullMarked
package io.p2pfaas.node.runtime;

import org.jspecify.annotations.NullMarked;
