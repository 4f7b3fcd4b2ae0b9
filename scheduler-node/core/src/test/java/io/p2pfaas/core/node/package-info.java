/** Tests of the brain: scenarios, properties, and its parts. */
@NullMarked
package io.p2pfaas.core.node;

import org.jspecify.annotations.NullMarked;
