/**
 * The other parties of the benchmark (load-generator/bench/performance), a function and MQTT without a node, and what of a
 * node is measured by itself.
 */
@NullMarked
package io.p2pfaas.node.bench;

import org.jspecify.annotations.NullMarked;
