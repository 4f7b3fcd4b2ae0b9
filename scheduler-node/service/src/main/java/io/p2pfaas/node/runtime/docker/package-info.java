/** Functions in containers. {@link io.p2pfaas.node.runtime.docker.Engine} is what is needed of a container engine. */
@NullMarked
package io.p2pfaas.node.runtime.docker;

import org.jspecify.annotations.NullMarked;
