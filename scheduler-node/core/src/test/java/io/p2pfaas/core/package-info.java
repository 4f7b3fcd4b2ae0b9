/** The architecture of scheduler-core, as rules. */
@NullMarked
package io.p2pfaas.core;

import org.jspecify.annotations.NullMarked;
