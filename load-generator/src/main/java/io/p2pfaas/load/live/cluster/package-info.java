/** The nodes and the broker of a live run: processes that the lab starts and ends, or somebody else's. */
@NullMarked
package io.p2pfaas.load.live.cluster;

import org.jspecify.annotations.NullMarked;
