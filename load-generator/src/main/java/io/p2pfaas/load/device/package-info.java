/** MQTT devices on Eclipse Paho, another client than the nodes': the protocol is exercised by two implementations. */
@NullMarked
package io.p2pfaas.load.device;

import org.jspecify.annotations.NullMarked;
