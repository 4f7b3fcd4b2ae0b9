package io.p2pfaas.node.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserPropertiesBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;

/** Our messages as the HiveMQ client has them. */
final class HiveMqMessages {
    private HiveMqMessages() {}

    static Mqtt5Publish toPublish(WireMessage message) {
        Mqtt5UserPropertiesBuilder properties = Mqtt5UserProperties.builder();
        message.properties().forEach((name, value) -> {
            Object ignored = properties.add(name, value);
        });
        Mqtt5PublishBuilder.Complete builder = Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(message.atLeastOnce() ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
                .retain(message.retained())
                .contentType(message.contentType())
                .responseTopic(message.responseTopic())
                .correlationData(message.correlation())
                .userProperties(properties.build());
        return (message.expirySeconds() > 0 ? builder.messageExpiryInterval(message.expirySeconds()) : builder).build();
    }

    static WireMessage fromPublish(Mqtt5Publish publish) {
        Headers.Builder properties = new Headers.Builder();
        publish.getUserProperties()
                .asList()
                .forEach(property -> properties.add(
                        property.getName().toString(), property.getValue().toString()));
        return new WireMessage(
                publish.getTopic().toString(),
                publish.getPayload().orElseGet(WireMessage::noBytes),
                publish.getQos() != MqttQos.AT_MOST_ONCE,
                publish.isRetain(),
                publish.getResponseTopic().map(Object::toString).orElse(null),
                publish.getCorrelationData().map(ByteBuffer::asReadOnlyBuffer).orElse(null),
                publish.getContentType().map(Object::toString).orElse(null),
                publish.getMessageExpiryInterval().orElse(0),
                properties.build());
    }
}
