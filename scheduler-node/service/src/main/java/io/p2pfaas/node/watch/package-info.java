/** What happened on this node lately, and what other nodes say of themselves, for those who look at it. */
@NullMarked
package io.p2pfaas.node.watch;

import org.jspecify.annotations.NullMarked;
