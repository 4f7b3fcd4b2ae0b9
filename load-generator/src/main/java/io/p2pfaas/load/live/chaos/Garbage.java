package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.device.BrokerAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** What nobody should send: random bytes to ports, half a request, random messages to the topics between nodes. */
final class Garbage {
    private static final int CONNECT_MILLIS = 1000;
    private static final int BYTES = 4096;
    private static final int ROUNDS = 5;
    private static final List<String> TOPICS =
            List.of("fwd/" + CallMix.WORK, "fwd/" + CallMix.ONCE, "rsp", "load", "probe", "notice");

    private final RandomGenerator random;

    Garbage(RandomGenerator random) {
        this.random = random;
    }

    /** To one node and the broker. */
    void send(URI node, String id, BrokerAddress broker) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            toPort(node.getHost(), node.getPort(), bytes());
            toPort(broker.host(), broker.port(), bytes());
        }
        toPort(
                node.getHost(),
                node.getPort(),
                "POST /function/work HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"
                        .getBytes(StandardCharsets.US_ASCII));
        toTopics(id, broker);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[1 + random.nextInt(BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void toPort(String host, int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException ignored) {
                // Cut off in the middle, which is what should happen.
            }
        }
    }

    private void toTopics(String id, BrokerAddress broker) throws IOException {
        try (MqttClient client = new MqttClient(
                "tcp://" + broker.host() + ":" + broker.port(),
                "garbage-" + random.nextInt(1 << 20),
                new MemoryPersistence())) {
            client.connect();
            for (String topic : TOPICS) {
                client.publish(broker.root() + "/v1/node/" + id + "/" + topic, bytes(), 0, false);
            }
            client.disconnect();
        } catch (MqttException failed) {
            throw new IOException("cannot publish garbage: " + failed.getMessage(), failed);
        }
    }
}
