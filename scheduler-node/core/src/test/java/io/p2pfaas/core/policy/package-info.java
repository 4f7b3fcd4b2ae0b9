/** The rules of each policy, on a cluster view made by hand. */
@NullMarked
package io.p2pfaas.core.policy;

import org.jspecify.annotations.NullMarked;
