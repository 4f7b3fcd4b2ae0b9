/** Documents that must say what is. */
@NullMarked
package io.p2pfaas.node.docs;

import org.jspecify.annotations.NullMarked;
