/** Tests of what is known of peers. */
@NullMarked
package io.p2pfaas.core.peers;

import org.jspecify.annotations.NullMarked;
