/** Keys and certificates from PEM files. */
@NullMarked
package io.p2pfaas.node.tls;

import org.jspecify.annotations.NullMarked;
