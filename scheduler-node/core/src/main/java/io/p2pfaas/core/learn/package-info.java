/** The learner: average-reward Sarsa over a table, fed with rewards by clients or by the node itself. */
@NullMarked
package io.p2pfaas.core.learn;

import org.jspecify.annotations.NullMarked;
