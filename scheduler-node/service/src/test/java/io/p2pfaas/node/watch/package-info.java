@NullMarked
package io.p2pfaas.node.watch;

import org.jspecify.annotations.NullMarked;
