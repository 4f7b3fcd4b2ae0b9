package io.p2pfaas.load.device;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** MQTT 3.1.1: calls {@code dev/DEV/req/FN/KEY}, answered on {@code dev/DEV/rsp/KEY}, failures below it. QoS 1 both ways. */
final class Mqtt3Line implements Line {
    /** What an answer without a status means: the function's own was below 400. */
    private static final int DONE = 200;

    private final String requests;
    private final String answers;
    private final Listener listener;
    private final MqttAsyncClient client;

    /** @param id client id and device id, unique at the broker */
    Mqtt3Line(BrokerAddress broker, String id, Listener listener) throws MqttException {
        this.listener = listener;
        requests = broker.topic("dev/" + id + "/req/");
        answers = broker.topic("dev/" + id + "/rsp/");
        client = new MqttAsyncClient(broker.uri(), id, new MemoryPersistence());
        client.setCallback(new Inbox());
    }

    @Override
    public void connect() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setSocketFactory(new NoDelaySockets());
        options.setConnectionTimeout(Limits.CONNECT_SECONDS);
        options.setKeepAliveInterval(Limits.KEEP_ALIVE_SECONDS);
        // The device's own gate is narrower; Paho's default of 10 would refuse instead of waiting.
        options.setMaxInflight(2 * Limits.MAX_WINDOW);
        try {
            client.connect(options, null, new Step(this::subscribe));
        } catch (MqttException refused) {
            listener.onDown(Failure.of(refused));
        }
    }

    private void subscribe() {
        try {
            client.subscribe(answers + "#", 1, null, new Step(() -> listener.onUp(Limits.MAX_WINDOW)));
        } catch (MqttException failed) {
            listener.onDown(Failure.of(failed));
        }
    }

    @Override
    public void publish(String key, DeviceCall call) throws NotPublished {
        try {
            client.publish(requests + call.function() + "/" + key, call.bodyBytes(), 1, false, key, new Published(key));
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

    /** One step of connecting. */
    private final class Step implements IMqttActionListener {
        private final Runnable next;

        Step(Runnable next) {
            this.next = next;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            next.run();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            listener.onDown(Failure.of(cause));
        }
    }

    private final class Published implements IMqttActionListener {
        private final String key;

        Published(String key) {
            this.key = key;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            listener.onAcknowledged(key);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            listener.onRefused(key, Failure.of(cause));
        }
    }

    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            String[] levels = topic.substring(answers.length()).split("/", -1);
            int status = levels.length == 1 ? DONE : status(levels[1]);
            listener.onAnswer(
                    levels[0], new DeviceReply.Answered(status, Map.of(), ByteBuffer.wrap(message.getPayload())));
        }

        private int status(String level) {
            try {
                return Integer.parseInt(level);
            } catch (NumberFormatException ignored) {
                return 0;
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            listener.onDown(Failure.of(cause));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // The listener of each publish hears it with its key.
        }
    }
}
