/** Tests of admission. */
@NullMarked
package io.p2pfaas.core.queue;

import org.jspecify.annotations.NullMarked;
