/** Tests of the small values. */
@NullMarked
package io.p2pfaas.core.model;

import org.jspecify.annotations.NullMarked;
