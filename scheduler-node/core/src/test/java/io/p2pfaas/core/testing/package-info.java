/** A small cluster in virtual time: real brains, a broker in memory, faults on demand. */
@NullMarked
package io.p2pfaas.core.testing;

import org.jspecify.annotations.NullMarked;
