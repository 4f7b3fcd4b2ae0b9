/** Running a plan in real time. */
@NullMarked
package io.p2pfaas.load.live;

import org.jspecify.annotations.NullMarked;
