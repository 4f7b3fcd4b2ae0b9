/** Identifiers, calls and loads: small values that cannot be wrong. */
@NullMarked
package io.p2pfaas.core.model;

import org.jspecify.annotations.NullMarked;
