package io.p2pfaas.node.planted.libraries.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;

/** Breaks the rule that one class knows the MQTT client. */
public record KnowsHiveMq(MqttQos qos) {}
