/** The commands of lab. The only place that prints. */
@NullMarked
package io.p2pfaas.load.cli;

import org.jspecify.annotations.NullMarked;
