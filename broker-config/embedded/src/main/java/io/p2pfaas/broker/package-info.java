/** An MQTT 5 broker inside this JVM, for the demo and for tests. Real sites run Mosquitto or another broker of their own. */
@NullMarked
package io.p2pfaas.broker;

import org.jspecify.annotations.NullMarked;
