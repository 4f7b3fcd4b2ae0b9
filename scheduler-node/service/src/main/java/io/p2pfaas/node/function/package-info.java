/** What a function is, as its operator described it, and the ports through which functions are managed. */
@NullMarked
package io.p2pfaas.node.function;

import org.jspecify.annotations.NullMarked;
