package io.p2pfaas.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection to a port of this machine that can be cut and mended, and may be a long one. */
final class Wire implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int delayMillis;
    private final int jitterMillis;
    private volatile boolean isCut;

    private Wire(ServerSocket entrance, int target, int delayMillis, int jitterMillis) {
        this.entrance = entrance;
        this.target = target;
        this.delayMillis = delayMillis;
        this.jitterMillis = jitterMillis;
    }

    static Wire to(int port) throws IOException {
        return to(port, 0, 0);
    }

    /** One on which everything takes so long, each way, and up to the jitter longer. Nothing is overtaken. */
    static Wire to(int port, int delayMillis, int jitterMillis) throws IOException {
        Wire wire =
                new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, delayMillis, jitterMillis);
        start(wire::accept);
        return wire;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Ends what is there, and lets nothing new through. */
    void cut() {
        isCut = true;
        open.forEach(Wire::end);
    }

    void mend() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                join(entrance.accept());
            }
        } catch (IOException ignored) {
            // The entrance is closed.
        }
    }

    private void join(Socket near) {
        open.add(near);
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            if (isCut) {
                cut();
            }
            start(() -> pump(near, far));
            start(() -> pump(far, near));
        } catch (IOException ignored) {
            // Nobody is at the other end.
            end(near);
        }
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            if (delayMillis == 0) {
                in.transferTo(out);
            } else {
                DelayLine line = new DelayLine(delayMillis, jitterMillis);
                start(() -> line.fillFrom(in));
                line.emptyInto(out);
            }
        } catch (IOException ignored) {
            // One end is gone, so the other one goes too.
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }
}
