package io.p2pfaas.load.device;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Listens to what Mosquitto counts on {@code $SYS}: PUBLISH packets received and sent. The messages that it hears itself
 * are taken out. A broker without {@code $SYS}, or whose {@code sys_interval} is long, leaves the counts unknown.
 */
public final class BrokerMonitor implements AutoCloseable {
    private static final String TICK = "$SYS/broker/uptime";
    private static final String RECEIVED = "$SYS/broker/publish/messages/received";
    private static final String SENT = "$SYS/broker/publish/messages/sent";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_RECONNECT_MILLIS = 1000;

    private final MqttAsyncClient client;
    private final CounterRows rows = new CounterRows();
    /** Messages heard; touched by the callback thread of the client only. */
    private long heard;

    private BrokerMonitor(MqttAsyncClient client) {
        this.client = client;
    }

    /**
     * Begins to listen.
     *
     * @param id client id, unique at the broker
     * @throws MqttException if the broker cannot be reached
     */
    public static BrokerMonitor start(BrokerAddress broker, String id) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.uri(), id, new MemoryPersistence());
        BrokerMonitor monitor = new BrokerMonitor(client);
        client.setCallback(monitor.new Ear());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(MAX_RECONNECT_MILLIS);
        options.setSocketFactory(new NoDelaySockets());
        options.setConnectionTimeout(Limits.CONNECT_SECONDS);
        client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(2L * Limits.CONNECT_SECONDS));
        return monitor;
    }

    /** Waits until the broker has said something at or after this instant of {@link System#nanoTime}. */
    public boolean awaitWordAfter(long atNanos, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!rows.reach(atNanos)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /**
     * What went through the broker between two instants of {@link System#nanoTime}, without what this monitor heard;
     * empty if the broker did not say enough. What a killed broker counted after its last word is not in it.
     */
    public Optional<PublishCounts> between(long fromNanos, long toNanos) {
        return rows.between(fromNanos, toNanos);
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

    private final class Ear implements MqttCallbackExtended {
        @Override
        public void connectComplete(boolean reconnect, String server) {
            heard = 0;
            try {
                client.subscribe(new String[] {TICK, RECEIVED, SENT}, new int[] {0, 0, 0});
            } catch (MqttException ignored) {
                // The connection broke again; the next one brings us here.
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            long soFar = heard++;
            // Retained ones tell of a time before we listened; how long before, nobody knows.
            if (message.isRetained()) {
                return;
            }
            switch (topic) {
                case TICK -> rows.onTick(System.nanoTime());
                case RECEIVED -> rows.onReceived(number(message));
                case SENT -> rows.onSent(number(message) - soFar);
                default -> {}
            }
        }

        private long number(MqttMessage message) {
            try {
                return Long.parseLong(new String(message.getPayload(), StandardCharsets.US_ASCII));
            } catch (NumberFormatException ignored) {
                return 0;
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            // The client connects again by itself.
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // It publishes nothing.
        }
    }
}
