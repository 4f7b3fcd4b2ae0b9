/** Every metric of the node: name, unit, labels. */
@NullMarked
package io.p2pfaas.node.metrics;

import org.jspecify.annotations.NullMarked;
