package io.p2pfaas.load.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;

/** MQTT 5: calls {@code node/N/fn/FN}, response topic {@code cli/ID/rsp}, the key as correlation data. QoS 1 both ways. */
final class Mqtt5Line implements Line {
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_FAILURE = 0x80;
    private static final int NO_STATUS = 0;

    private final BrokerAddress broker;
    private final String inbox;
    private final Listener listener;
    private final MqttAsyncClient client;

    /** @param id client id, unique at the broker */
    Mqtt5Line(BrokerAddress broker, String id, Listener listener) throws MqttException {
        this.broker = broker;
        this.listener = listener;
        inbox = broker.topic("cli/" + id + "/rsp");
        client = new MqttAsyncClient(broker.uri(), id, new MemoryPersistence());
        client.setCallback(new Inbox());
    }

    @Override
    public void connect() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setSocketFactory(new NoDelaySockets());
        options.setConnectionTimeout(Limits.CONNECT_SECONDS);
        options.setKeepAliveInterval(Limits.KEEP_ALIVE_SECONDS);
        try {
            client.connect(options, null, new Connected());
        } catch (MqttException refused) {
            listener.onDown(Failure.of(refused));
        }
    }

    @Override
    public void publish(String key, DeviceCall call) throws NotPublished {
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic(inbox);
        properties.setCorrelationData(key.getBytes(StandardCharsets.US_ASCII));
        List<UserProperty> user = new ArrayList<>();
        call.properties().forEach((name, value) -> user.add(new UserProperty(name, value)));
        properties.setUserProperties(user);
        try {
            client.publish(
                    broker.topic("node/" + call.node() + "/fn/" + call.function()),
                    new MqttMessage(call.bodyBytes(), 1, false, properties),
                    key,
                    new Published(key));
        } catch (MqttException failed) {
            throw new NotPublished(failed);
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, Limits.CLOSE_MILLIS, false);
        } catch (MqttException ignored) {
            // It was not connected.
        }
        try {
            client.close(true);
        } catch (MqttException ignored) {
            // Closed while it connected; its threads end with the attempt.
        }
    }

    private final class Connected implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            MqttProperties granted = token.getResponseProperties();
            Integer maximum = granted == null ? null : granted.getReceiveMaximum();
            int window = Limits.window(maximum);
            try {
                client.subscribe(inbox, 1, null, new Subscribed(window));
            } catch (MqttException failed) {
                listener.onDown(Failure.of(failed));
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            listener.onDown(Failure.of(cause));
        }
    }

    private final class Subscribed implements MqttActionListener {
        private final int window;

        Subscribed(int window) {
            this.window = window;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            listener.onUp(window);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // The connection may live on without an inbox; it is no use then.
            try {
                client.disconnectForcibly(0, Limits.CLOSE_MILLIS, false);
            } catch (MqttException ignored) {
                // It broke meanwhile.
            }
            listener.onDown("cannot subscribe: " + Failure.of(cause));
        }
    }

    private final class Published implements MqttActionListener {
        private final String key;

        Published(String key) {
            this.key = key;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] reasons = token.getReasonCodes();
            int reason = reasons == null || reasons.length == 0 ? 0 : reasons[0];
            if (reason == NO_MATCHING_SUBSCRIBERS) {
                listener.onRefused(key, "no matching subscribers: the node is not there");
            } else if (reason >= FIRST_FAILURE) {
                listener.onRefused(key, "refused by the broker: reason " + reason);
            } else {
                listener.onAcknowledged(key);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            listener.onRefused(key, Failure.of(cause));
        }
    }

    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            MqttProperties properties = message.getProperties();
            byte[] correlation = properties.getCorrelationData();
            if (correlation == null) {
                return;
            }
            Map<String, String> user = new HashMap<>();
            properties.getUserProperties().forEach(property -> user.put(property.getKey(), property.getValue()));
            listener.onAnswer(
                    new String(correlation, StandardCharsets.US_ASCII),
                    new DeviceReply.Answered(status(user.get("status")), user, ByteBuffer.wrap(message.getPayload())));
        }

        private int status(@Nullable String text) {
            try {
                return text == null ? NO_STATUS : Integer.parseInt(text);
            } catch (NumberFormatException ignored) {
                return NO_STATUS;
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException cause = response.getException();
            listener.onDown(cause == null ? "disconnected by the broker" : Failure.of(cause));
        }

        @Override
        public void mqttErrorOccurred(MqttException failed) {
            // What it means for calls is told through their own listeners, or by disconnected().
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // The listener of each publish hears it with its key.
        }

        @Override
        public void connectComplete(boolean reconnect, String server) {
            // Up only once the inbox is subscribed to.
        }

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {
            // Devices use no enhanced authentication.
        }
    }
}
