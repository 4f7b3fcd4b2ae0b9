package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.ledger.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.impl.routing.RequestRouter;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * The functions of all nodes, in the lab's process: it sees each execution with the clock of the callers, whatever nodes
 * may count. The first level of the path says which node asks. A thread per connection, as many as nodes have slots.
 */
final class FunctionServer implements AutoCloseable {
    private static final int INTERNAL_ERROR = 500;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;
    private static final int MAX_BODY = 1024;

    private final Consumer<Entry> journal;
    private final HttpServer server;

    /** Listens on a free port of 127.0.0.1. */
    FunctionServer(Consumer<Entry> journal) throws IOException {
        this.journal = journal;
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .setAuthorityResolver(RequestRouter.LOCAL_AUTHORITY_RESOLVER)
                .register("*", this::handle)
                .create();
        server.start();
    }

    /** What a node with this id is given as the address of a function. */
    String spec(String node) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + node;
    }

    private void handle(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
            throws HttpException, IOException {
        String body = request.getEntity() == null
                ? ""
                : EntityUtils.toString(request.getEntity(), StandardCharsets.US_ASCII, MAX_BODY);
        Instruction instruction;
        try {
            instruction = Instruction.parse(body);
        } catch (IllegalArgumentException garbage) {
            // Chaos sends that, too.
            response.setCode(BAD_REQUEST);
            return;
        }
        String node = request.getPath().split("/", -1)[1];
        journal.accept(new Entry.Began(System.nanoTime(), instruction.call(), node));
        try {
            Thread.sleep(instruction.millis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosedException("the function server was closed");
        } finally {
            journal.accept(new Entry.Finished(System.nanoTime(), instruction.call(), node));
        }
        switch (instruction.deed()) {
            case CRASH -> throw new ConnectionClosedException("crashed as told");
            case FAIL -> response.setCode(INTERNAL_ERROR);
            case ECHO -> response.setCode(OK);
        }
        response.setEntity(new StringEntity(body, ContentType.TEXT_PLAIN));
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
