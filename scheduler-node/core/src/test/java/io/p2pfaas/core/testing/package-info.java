/** Test tools for those who drive a brain, in this module and in others. */
@NullMarked
package io.p2pfaas.core.testing;

import org.jspecify.annotations.NullMarked;
