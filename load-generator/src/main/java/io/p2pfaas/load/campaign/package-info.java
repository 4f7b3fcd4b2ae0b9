/** Carrying out an experiment point by point and keeping what comes out, whatever world it runs in. */
@NullMarked
package io.p2pfaas.load.campaign;

import org.jspecify.annotations.NullMarked;
