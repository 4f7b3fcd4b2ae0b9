/** Whole nodes, joined by a real Mosquitto: what callers see, over HTTP and MQTT, in good times and bad. */
@NullMarked
package io.p2pfaas.node.cluster;

import org.jspecify.annotations.NullMarked;
