/** The decision core: {@link io.p2pfaas.core.node.NodeBrain} turns events into effects. */
@NullMarked
package io.p2pfaas.core.node;

import org.jspecify.annotations.NullMarked;
