/** Tests of the learner. */
@NullMarked
package io.p2pfaas.core.learn;

import org.jspecify.annotations.NullMarked;
