/** The simulated world: real brains in virtual time, with models of network, broker, service times and faults. */
@NullMarked
package io.p2pfaas.load.sim;

import org.jspecify.annotations.NullMarked;
