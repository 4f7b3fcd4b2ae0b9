/** What queueing theory says about clusters, to hold results against. */
@NullMarked
package io.p2pfaas.load.theory;

import org.jspecify.annotations.NullMarked;
