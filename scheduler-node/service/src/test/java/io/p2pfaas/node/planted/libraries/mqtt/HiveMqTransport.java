package io.p2pfaas.node.planted.libraries.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;

/** Allowed: it is that class. */
public record HiveMqTransport(MqttQos qos) {}
