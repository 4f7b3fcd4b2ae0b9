/** When calls are due: seeded, pure, the same for every world that runs them. */
@NullMarked
package io.p2pfaas.load.arrivals;

import org.jspecify.annotations.NullMarked;
