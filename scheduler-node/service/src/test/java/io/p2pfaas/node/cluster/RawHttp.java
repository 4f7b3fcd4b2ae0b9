package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A connection on which a caller may write whatever it likes, right or wrong. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    RawHttp(String url) throws IOException {
        URI address = URI.create(url);
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    }

    RawHttp send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends, unless the other end has had enough already. */
    void sendIfWanted(String text) {
        try {
            send(text);
        } catch (IOException ignored) {
            // It closed the connection.
        }
    }

    /** Sends no more; the other end may still answer. */
    RawHttp endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything until the other end closes the connection, however it does that. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[16 * 1024];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                read.write(some, 0, count);
            }
        } catch (SocketException ignored) {
            // A reset is an end too.
        }
        return read.toString(ISO_8859_1);
    }

    /** The status line, without waiting for the end of the connection. */
    String readStatusLine() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
