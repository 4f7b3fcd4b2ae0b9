/** The broker link: presence, samples, forwards, and calls of MQTT clients. */
@NullMarked
package io.p2pfaas.node.mqtt;

import org.jspecify.annotations.NullMarked;
