package io.p2pfaas.node.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for tests that does on each connection exactly what the script says, right or wrong. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final CopyOnWriteArrayList<Socket> open = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Answers every request on every connection with these bytes and keeps the connection. */
    static ScriptedServer answering(String bytes) throws IOException {
        return new ScriptedServer(connection -> {
            while (connection.readRequest()) {
                connection.send(bytes);
            }
        });
    }

    /** Answers the first request of every connection with these bytes and closes it. */
    static ScriptedServer answeringOnce(String bytes) throws IOException {
        return new ScriptedServer(connection -> {
            if (connection.readRequest()) {
                connection.send(bytes);
            }
        });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Head and body of each request so far. */
    CopyOnWriteArrayList<String> requests() {
        return requests;
    }

    int connectionCount() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                daemon(() -> serve(socket, number));
            }
        } catch (IOException ignored) {
            // Closed by the test's end.
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.serve(new Connection(socket, number));
        } catch (IOException | InterruptedException ignored) {
            // The other side has closed, which many scripts wait for.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    @FunctionalInterface
    interface Script {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    /** One connection, served by its own thread; closed when the script returns. */
    final class Connection {
        private final Socket socket;
        private final int number;

        Connection(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** 1 for the first connection. */
        int number() {
            return number;
        }

        /** Reads a head up to the empty line; empty at the end of the connection. */
        String readHead() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last = 0;
            for (int b = in.read(); b != -1; b = in.read()) {
                head.write(b);
                last = (last << 8) | b;
                if (last == 0x0d0a0d0a) {
                    return head.toString(StandardCharsets.ISO_8859_1);
                }
            }
            return "";
        }

        /** Reads a whole request; false at the end of the connection. */
        boolean readRequest() throws IOException {
            String head = readHead();
            if (head.isEmpty()) {
                return false;
            }
            int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
            int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
            byte[] body = socket.getInputStream().readNBytes(length);
            requests.add(head + new String(body, StandardCharsets.ISO_8859_1));
            return true;
        }

        void close() throws IOException {
            socket.close();
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Waits until the other side closes; true if it did so in whatever way. */
        boolean isClosedByPeer() {
            try {
                return socket.getInputStream().read() == -1;
            } catch (IOException ignored) {
                return true;
            }
        }
    }
}
