/** What a run is, as immutable values. */
@NullMarked
package io.p2pfaas.load.plan;

import org.jspecify.annotations.NullMarked;
