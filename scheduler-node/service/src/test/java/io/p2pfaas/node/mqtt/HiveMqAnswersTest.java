package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.message.disconnect.MqttDisconnect;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublishResult;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublishResult.MqttQos1Result;
import com.hivemq.client.internal.mqtt.message.publish.puback.MqttPubAck;
import com.hivemq.client.internal.mqtt.message.subscribe.suback.MqttSubAck;
import com.hivemq.client.internal.util.collections.ImmutableList;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.p2pfaas.node.mqtt.Transport.Delivery;
import org.junit.jupiter.api.Test;

final class HiveMqAnswersTest {
    private static final MqttPublish PUBLISH =
            (MqttPublish) Mqtt5Publish.builder().topic("t").build();

    private static MqttPubAck pubAck(Mqtt5PubAckReasonCode code) {
        return new MqttPubAck(1, code, null, MqttUserPropertiesImpl.NO_USER_PROPERTIES);
    }

    private static Mqtt5PubAckException refusal(Mqtt5PubAckReasonCode code) {
        return new Mqtt5PubAckException(pubAck(code), "refused");
    }

    private static Delivery acknowledged(Mqtt5PubAckReasonCode code) {
        return HiveMqAnswers.delivery(new MqttQos1Result(PUBLISH, null, pubAck(code)), null);
    }

    private static Mqtt5DisconnectException disconnected(Mqtt5DisconnectReasonCode code) {
        return new Mqtt5DisconnectException(
                new MqttDisconnect(code, 0, null, null, MqttUserPropertiesImpl.NO_USER_PROPERTIES), "ended");
    }

    @Test
    void an_acknowledgement_tells_whether_somebody_subscribes() {
        assertThat(acknowledged(Mqtt5PubAckReasonCode.SUCCESS)).isEqualTo(Delivery.TAKEN);
        assertThat(acknowledged(Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS)).isEqualTo(Delivery.NOBODY);
        assertThat(HiveMqAnswers.delivery(new MqttPublishResult(PUBLISH, null), null))
                .as("QoS 0 has none")
                .isEqualTo(Delivery.TAKEN);
    }

    @Test
    void what_the_broker_refused_or_never_got_was_not_taken_and_of_the_rest_nobody_knows() {
        assertThat(HiveMqAnswers.delivery(null, refusal(Mqtt5PubAckReasonCode.QUOTA_EXCEEDED)))
                .isEqualTo(Delivery.FAILED);
        assertThat(HiveMqAnswers.delivery(null, new MqttClientStateException("not connected")))
                .isEqualTo(Delivery.FAILED);
        assertThat(HiveMqAnswers.delivery(null, new ConnectionClosedException("on the way")))
                .isEqualTo(Delivery.UNKNOWN);
    }

    @Test
    void a_failure_is_thrown_or_stands_in_the_result() {
        Throwable lost = new ConnectionClosedException("on the way");
        assertThat(HiveMqAnswers.failure(null, lost)).isSameAs(lost);
        assertThat(HiveMqAnswers.failure(new MqttPublishResult(PUBLISH, lost), null))
                .isSameAs(lost);
        assertThat(HiveMqAnswers.failure(new MqttPublishResult(PUBLISH, null), null))
                .isNull();
    }

    @Test
    void a_missing_right_is_told_from_other_refusals() {
        assertThat(HiveMqAnswers.isForbidden(refusal(Mqtt5PubAckReasonCode.NOT_AUTHORIZED)))
                .isTrue();
        assertThat(HiveMqAnswers.isForbidden(refusal(Mqtt5PubAckReasonCode.QUOTA_EXCEEDED)))
                .isFalse();
    }

    @Test
    void a_subscription_that_is_refused_has_a_reason_and_the_others_have_none() {
        MqttSubAck answer = new MqttSubAck(
                1,
                ImmutableList.of(Mqtt5SubAckReasonCode.GRANTED_QOS_1, Mqtt5SubAckReasonCode.NOT_AUTHORIZED),
                null,
                MqttUserPropertiesImpl.NO_USER_PROPERTIES);

        assertThat(HiveMqAnswers.refusals(answer, null)).containsExactly("", "not_authorized");
        assertThat(HiveMqAnswers.refusals(null, new Mqtt5SubAckException(answer, "refused")))
                .containsExactly("", "not_authorized");
        assertThat(HiveMqAnswers.refusals(null, new ConnectionClosedException("on the way")))
                .isEmpty();
    }

    @Test
    void a_takeover_is_told_from_other_ends() {
        assertThat(HiveMqAnswers.cause(disconnected(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER))
                        .takenOver())
                .isTrue();
        assertThat(HiveMqAnswers.cause(disconnected(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN))
                        .takenOver())
                .isFalse();
        assertThat(HiveMqAnswers.cause(new ConnectionClosedException("lost")).connAck())
                .isEmpty();
    }
}
