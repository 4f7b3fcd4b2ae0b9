/** Bounded admission: the slots of a node and the queue in front of them. */
@NullMarked
package io.p2pfaas.core.queue;

import org.jspecify.annotations.NullMarked;
