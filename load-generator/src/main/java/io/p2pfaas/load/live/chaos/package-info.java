/** Runs in which things are broken on purpose, and a function server that sees executions with its own eyes. */
@NullMarked
package io.p2pfaas.load.live.chaos;

import org.jspecify.annotations.NullMarked;
