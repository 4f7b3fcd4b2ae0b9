/** The other parties of the benchmark (load-generator/bench/performance): a function, and MQTT without a node. */
@NullMarked
package io.p2pfaas.node.bench;

import org.jspecify.annotations.NullMarked;
