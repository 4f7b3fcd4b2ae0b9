package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Request;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * One request on one connection, on the connection's I/O thread. Undertow tells it twice as a callback: when the request
 * may be written, and when the head of the answer is there. Whatever comes after its end is ignored.
 */
final class HttpAttempt implements ClientCallback<ClientExchange> {
    /** See {@link AnswerBody}: writing from heap memory copies all that is offered, however little is taken. */
    private static final int WINDOW_BYTES = 64 << 10;

    private final HttpExecution execution;
    private final HttpPool pool;
    private final ClientConnection connection;
    private final Request request;
    private final ByteBuffer unsent;
    private @Nullable ClientExchange exchange;
    private @Nullable StreamSinkChannel requestChannel;
    private @Nullable HttpAnswer answer;
    private boolean shutDown;
    private boolean over;

    HttpAttempt(HttpExecution execution, HttpPool pool, ClientConnection connection, Request request) {
        this.execution = execution;
        this.pool = pool;
        this.connection = connection;
        this.request = request;
        this.unsent = request.body().duplicate();
    }

    void begin() {
        try {
            connection.sendRequest(clientRequest(), this);
        } catch (RuntimeException e) {
            // The client stumbles over its own state when a connection dies at certain moments.
            connectionFailed(e);
        }
    }

    /** Closes the connection, whatever is going on on it. */
    void abort() {
        if (!over) {
            over = true;
            pool.discard(connection);
        }
    }

    private ClientRequest clientRequest() {
        ClientRequest message = new ClientRequest()
                .setMethod(Methods.fromString(request.method()))
                .setPath(pool.target().requestTarget(request.path(), request.query()))
                .setProtocol(Protocols.HTTP_1_1);
        HeaderMap fields = message.getRequestHeaders();
        fields.put(Headers.HOST, pool.target().authority());
        // The edges have left the others behind already; here it is a rule about what leaves this process.
        EndToEnd rule = EndToEnd.besides(request.headers().first("connection"));
        request.headers().forEach((name, value) -> {
            if (rule.carries(name, value)) {
                fields.add(HttpString.tryFromString(name), value);
            }
        });
        if (unsent.hasRemaining() || !isUsuallyWithoutBody(request.method())) {
            fields.put(Headers.CONTENT_LENGTH, unsent.remaining());
        }
        if (pool.limits().idleTimeout().isZero()) {
            fields.put(Headers.CONNECTION, "close");
        }
        return message;
    }

    private static boolean isUsuallyWithoutBody(String method) {
        return switch (method) {
            case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    @Override
    public void completed(ClientExchange ready) {
        if (over) {
            return;
        }
        if (exchange == null) {
            exchange = ready;
            StreamSinkChannel channel = ready.getRequestChannel();
            requestChannel = channel;
            ready.setResponseListener(this);
            if (unsent.hasRemaining()) {
                write(channel);
            }
        } else {
            readHead(ready);
        }
    }

    @Override
    public void failed(IOException e) {
        connectionFailed(e);
    }

    private void write(StreamSinkChannel channel) {
        if (over) {
            return;
        }
        try {
            while (unsent.hasRemaining()) {
                int end = unsent.limit();
                unsent.limit(Math.min(end, unsent.position() + WINDOW_BYTES));
                int written;
                try {
                    written = channel.write(unsent);
                } finally {
                    unsent.limit(end);
                }
                if (written == 0) {
                    writeLater(channel);
                    return;
                }
            }
            if (!shutDown) {
                shutDown = true;
                channel.shutdownWrites();
            }
            if (channel.flush()) {
                channel.suspendWrites();
            } else {
                writeLater(channel);
            }
        } catch (IOException e) {
            connectionFailed(e);
        }
    }

    private void writeLater(StreamSinkChannel channel) {
        if (!channel.isWriteResumed()) {
            channel.getWriteSetter().set(this::write);
            channel.resumeWrites();
        }
    }

    private void readHead(ClientExchange ready) {
        try {
            HttpAnswer begun = HttpAnswer.to(request.method(), ready.getResponse(), pool.limits());
            answer = begun;
            if (begun.isDrainable()) {
                read(ready.getResponseChannel());
            } else {
                finish(begun, false);
            }
        } catch (HttpAnswer.Unusable e) {
            fail(e);
        }
    }

    private void read(StreamSourceChannel channel) {
        HttpAnswer begun = answer;
        if (over || begun == null) {
            return;
        }
        try {
            while (true) {
                int count = channel.read(begun.body().window());
                if (count == -1) {
                    finish(begun, true);
                    return;
                }
                if (begun.body().isTooLarge()) {
                    fail(HttpAnswer.tooLarge(pool.limits()));
                    return;
                }
                if (count == 0) {
                    channel.getReadSetter().set(this::read);
                    channel.resumeReads();
                    return;
                }
            }
        } catch (IOException e) {
            connectionFailed(e);
        }
    }

    private void finish(HttpAnswer begun, boolean drained) {
        over = true;
        // The sink counts as closed once the exchange has seen the whole request off. An answer may come earlier, for
        // example a refusal of a large body; then the rest of the request is still due on this connection.
        boolean sent = requestChannel != null && !requestChannel.isOpen();
        if (drained && sent) {
            pool.release(connection, begun.keepNanos());
        } else {
            pool.discard(connection);
        }
        execution.answered(begun.response());
    }

    private void connectionFailed(Exception e) {
        if (over) {
            return;
        }
        over = true;
        pool.discard(connection);
        boolean nonsense = e instanceof RuntimeException || e.getCause() instanceof RuntimeException;
        execution.connectionLost(answer == null && !nonsense);
    }

    private void fail(HttpAnswer.Unusable unusable) {
        over = true;
        pool.discard(connection);
        execution.broken(unusable.reason(), unusable.detail());
    }
}
