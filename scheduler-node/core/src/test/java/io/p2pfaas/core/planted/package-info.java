/** Breaks the rules on purpose. */
@NullMarked
package io.p2pfaas.core.planted;

import org.jspecify.annotations.NullMarked;
