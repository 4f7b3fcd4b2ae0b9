package io.p2pfaas.node.http;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * An answer to a request whose body was not read, or not to its end. To close the connection at once would make the
 * caller's system throw the answer away while the caller still writes, so what is left of the body is read and dropped
 * first. A caller that goes on for too long is cut off: it must not keep the connection for ever.
 *
 * <p>On the connection's I/O thread. It takes turns with other connections: each time the connection is readable, a
 * bounded part is dropped.
 */
final class EarlyAnswer implements IoCallback {
    private static final long PATIENCE_MILLIS = 10_000;

    /** For a caller that was waited for already. */
    private static final long SHORT_PATIENCE_MILLIS = 1_000;

    private static final int BYTES_PER_TURN = 256 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final HttpServerExchange exchange;
    private final StreamSourceChannel body;
    private final long patienceMillis;
    private XnioExecutor.Key patience = () -> false;

    private EarlyAnswer(HttpServerExchange exchange, StreamSourceChannel body, long patienceMillis) {
        this.exchange = exchange;
        this.body = body;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Sends {@code {"code":n,"message":"..."}} and deals with the rest of the body.
     *
     * @param body the exchange's request channel if it was fetched already, which is possible only once
     */
    static void error(
            HttpServerExchange exchange, @Nullable StreamSourceChannel body, int status, int code, String message) {
        if (HttpContinue.requiresContinueResponse(exchange)) {
            // The caller waits for a word before it sends the body, and this is the word: nothing will be sent.
            exchange.setPersistent(false);
            Replies.error(exchange, status, code, message);
            return;
        }
        StreamSourceChannel unread = body != null ? body : exchange.getRequestChannel();
        if (exchange.isRequestComplete() || unread == null) {
            Replies.error(exchange, status, code, message);
            return;
        }
        ByteBuffer answer = ByteBuffer.wrap(Replies.errorBody(code, message).getBytes(StandardCharsets.UTF_8));
        Replies.describe(exchange, status);
        exchange.setResponseContentLength(answer.remaining());
        long patience = status == StatusCodes.REQUEST_TIME_OUT ? SHORT_PATIENCE_MILLIS : PATIENCE_MILLIS;
        EarlyAnswer rest = new EarlyAnswer(exchange, unread, patience);
        exchange.dispatch(
                SameThreadExecutor.INSTANCE, () -> exchange.getResponseSender().send(answer, rest));
    }

    /** The answer is on its way. */
    @Override
    public void onComplete(HttpServerExchange answered, Sender sender) {
        patience = exchange.getIoThread().executeAfter(this::cutOff, patienceMillis, TimeUnit.MILLISECONDS);
        body.getReadSetter().set(ready -> drop());
        drop();
    }

    @Override
    public void onException(HttpServerExchange answered, Sender sender, IOException broken) {
        cutOff();
    }

    private void drop() {
        ByteBuffer dropped = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            for (int bytes = 0; bytes < BYTES_PER_TURN; ) {
                int read = body.read(dropped.clear());
                if (read < 0) {
                    patience.remove();
                    exchange.endExchange();
                    return;
                }
                if (read == 0) {
                    break;
                }
                bytes += read;
            }
            body.resumeReads();
        } catch (IOException broken) {
            cutOff();
        }
    }

    private void cutOff() {
        patience.remove();
        IoUtils.safeClose(exchange.getConnection());
    }
}
