package io.p2pfaas.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Connects, leaves a will and vanishes without a DISCONNECT; written by hand, as no client library is that rude. */
final class WillSender {
    private static final int CONNECT = 0x10;
    private static final int CLEAN_START_AND_WILL_AT_QOS_1 = 0b0000_1110;
    private static final int WILL_DELAY_INTERVAL = 0x18;

    private WillSender() {}

    static void connectAndVanish(int port, String topic, String text, int delaySeconds) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(connect(topic, text, delaySeconds));
            var connack = socket.getInputStream().readNBytes(4);
            if (connack.length < 4 || connack[3] != 0) {
                throw new IOException("the broker refused the connection");
            }
            // The socket is closed by a reset, as when a machine loses its power and its peer finds out.
            socket.setSoLinger(true, 0);
        }
    }

    private static byte[] connect(String topic, String text, int delaySeconds) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var body = new DataOutputStream(bytes);
        body.writeUTF("MQTT");
        body.writeByte(5);
        body.writeByte(CLEAN_START_AND_WILL_AT_QOS_1);
        body.writeShort(60); // keep alive, seconds
        // A will is delayed only as long as the session lives on: property 0x11 is the session's expiry.
        body.writeByte(5);
        body.writeByte(0x11);
        body.writeInt(delaySeconds);
        body.writeUTF("will-" + topic.hashCode());
        body.writeByte(5);
        body.writeByte(WILL_DELAY_INTERVAL);
        body.writeInt(delaySeconds);
        body.writeUTF(topic);
        var payload = text.getBytes(StandardCharsets.UTF_8);
        body.writeShort(payload.length);
        body.write(payload);
        if (bytes.size() > 127) {
            throw new IllegalArgumentException("this hand-made packet has one byte for its length: " + bytes.size());
        }
        var packet = new ByteArrayOutputStream();
        packet.write(CONNECT);
        packet.write(bytes.size());
        bytes.writeTo(packet);
        return packet.toByteArray();
    }
}
