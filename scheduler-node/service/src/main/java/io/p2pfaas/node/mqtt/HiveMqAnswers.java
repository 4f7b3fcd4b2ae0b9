package io.p2pfaas.node.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConnectionConfig;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import io.p2pfaas.node.mqtt.Transport.Delivery;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the broker answered, out of what the HiveMQ client reports. */
final class HiveMqAnswers {
    private HiveMqAnswers() {}

    /** Why there is no connection. */
    static LinkLife.Cause cause(Throwable error) {
        OptionalInt connAck = error instanceof Mqtt5ConnAckException refused
                ? OptionalInt.of(refused.getMqttMessage().getReasonCode().getCode())
                : OptionalInt.empty();
        boolean takenOver = error instanceof Mqtt5DisconnectException ended
                && ended.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
        return new LinkLife.Cause(error, connAck, takenOver);
    }

    /** What the broker takes, as it said at connect. */
    static BrokerTerms terms(Mqtt5ClientConfig client) {
        return client.getConnectionConfig()
                .map(Mqtt5ClientConnectionConfig::getRestrictionsForClient)
                .map(told -> new BrokerTerms(
                        told.getSendMaximum(),
                        told.getSendMaximumPacketSize(),
                        new BrokerTerms.Features(
                                told.getMaximumQos() != MqttQos.AT_MOST_ONCE,
                                told.isRetainAvailable(),
                                told.isWildcardSubscriptionAvailable(),
                                told.isSharedSubscriptionAvailable())))
                .orElse(BrokerTerms.NONE);
    }

    /** What went wrong with a publish; null if nothing did. */
    static @Nullable Throwable failure(@Nullable Mqtt5PublishResult result, @Nullable Throwable error) {
        return result == null ? error : result.getError().orElse(null);
    }

    /** What became of a publish. */
    static Delivery delivery(@Nullable Mqtt5PublishResult result, @Nullable Throwable failure) {
        if (failure != null) {
            return wasNotTaken(failure) ? Delivery.FAILED : Delivery.UNKNOWN;
        }
        boolean foundNobody = result instanceof Mqtt5PublishResult.Mqtt5Qos1Result acknowledged
                && acknowledged.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
        return foundNobody ? Delivery.NOBODY : Delivery.TAKEN;
    }

    /** The broker said no, or the message never left. */
    private static boolean wasNotTaken(Throwable failure) {
        return failure instanceof Mqtt5PubAckException
                || failure instanceof MqttClientStateException
                || failure instanceof MqttEncodeException;
    }

    /** Whether the node may not publish what it did. */
    static boolean isForbidden(Throwable failure) {
        return failure instanceof Mqtt5PubAckException refused
                && refused.getMqttMessage().getReasonCode() == Mqtt5PubAckReasonCode.NOT_AUTHORIZED;
    }

    /** For each filter in order why it was refused, empty where it was not; nothing if the broker did not answer. */
    static List<String> refusals(@Nullable Mqtt5SubAck answer, @Nullable Throwable error) {
        Mqtt5SubAck said = error instanceof Mqtt5SubAckException refused ? refused.getMqttMessage() : answer;
        return said == null
                ? List.of()
                : said.getReasonCodes().stream()
                        .map(code -> code.isError() ? code.name().toLowerCase(Locale.ROOT) : "")
                        .toList();
    }
}
