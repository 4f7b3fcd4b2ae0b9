/** What this node last heard of each peer, and how old it is. */
@NullMarked
package io.p2pfaas.core.peers;

import org.jspecify.annotations.NullMarked;
