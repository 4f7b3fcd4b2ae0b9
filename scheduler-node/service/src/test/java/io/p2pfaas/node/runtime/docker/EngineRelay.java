package io.p2pfaas.node.runtime.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between the node and the engine, to take the engine away from the node but from nobody else. */
final class EngineRelay implements AutoCloseable {
    private final Path path;
    private final Path engine;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile ServerSocketChannel listener;
    private volatile boolean frozen;

    EngineRelay(Path path, Path engine) throws IOException {
        this.path = path;
        this.engine = engine;
        listener = listen();
    }

    String address() {
        return "unix://" + path;
    }

    /** As an engine that hangs: connections are taken, and nothing is answered. */
    void freeze() {
        frozen = true;
    }

    /** As an engine that ended. */
    void end() throws IOException {
        listener.close();
        Files.delete(path);
        for (SocketChannel channel : open) {
            channel.close();
        }
        open.clear();
    }

    /** As an engine that was started again. */
    void startAgain() throws IOException {
        listener = listen();
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        daemon(() -> accept(server));
        return server;
    }

    private void accept(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel node = server.accept();
                SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                open.add(node);
                open.add(there);
                daemon(() -> copy(node, there));
                daemon(() -> copy(there, node));
            }
        } catch (IOException ignored) {
            // The relay was ended.
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (!frozen && buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException ignored) {
            // One side has closed; so does the other.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "engine-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        if (listener.isOpen()) {
            end();
        }
    }
}
