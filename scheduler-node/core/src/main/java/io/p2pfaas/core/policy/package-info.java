/** Pluggable scheduling algorithms: given a call and a view of the cluster, return a decision. */
@NullMarked
package io.p2pfaas.core.policy;

import org.jspecify.annotations.NullMarked;
