package io.p2pfaas.node.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads request bodies whole, on the connection's I/O thread, without blocking it. A body of known length is read
 * straight into its buffer. A body that is not here in time ends the connection: senders must not be able to hold calls
 * open for ever.
 */
final class BodyReader {
    private static final int FIRST_BYTES = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int maxBytes;
    private final long timeoutMillis;

    BodyReader(long maxBytes, long timeoutMillis) {
        this.maxBytes = Math.toIntExact(maxBytes);
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Begins to read.
     *
     * @param whole gets the body, read-only
     * @param tooLarge is told instead when it grows beyond the limit, with where the rest of it would come from
     * @param tooLate is told instead when it did not come in time, likewise
     */
    void read(
            HttpServerExchange exchange,
            Consumer<ByteBuffer> whole,
            Consumer<StreamSourceChannel> tooLarge,
            Consumer<StreamSourceChannel> tooLate) {
        long length = exchange.getRequestContentLength();
        ByteBuffer buffer = ByteBuffer.allocate((int) (length > 0 ? length : Math.min(FIRST_BYTES, maxBytes)));
        new Reading(exchange, buffer, whole, tooLarge, tooLate).begin();
    }

    private final class Reading {
        private final HttpServerExchange exchange;
        private final StreamSourceChannel channel;
        private final Consumer<ByteBuffer> whole;
        private final Consumer<StreamSourceChannel> tooLarge;
        private final Consumer<StreamSourceChannel> tooLate;
        private ByteBuffer buffer;
        private XnioExecutor.Key timeout = () -> false;

        Reading(
                HttpServerExchange exchange,
                ByteBuffer buffer,
                Consumer<ByteBuffer> whole,
                Consumer<StreamSourceChannel> tooLarge,
                Consumer<StreamSourceChannel> tooLate) {
            this.exchange = exchange;
            this.channel = exchange.getRequestChannel();
            this.buffer = buffer;
            this.whole = whole;
            this.tooLarge = tooLarge;
            this.tooLate = tooLate;
        }

        void begin() {
            try {
                if (readSome()) {
                    done();
                    return;
                }
            } catch (IOException broken) {
                failed();
                return;
            }
            exchange.dispatch(SameThreadExecutor.INSTANCE, this::readOn);
        }

        private void readOn() {
            timeout = exchange.getIoThread()
                    .executeAfter(this::timedOut, timeoutMillis, java.util.concurrent.TimeUnit.MILLISECONDS);
            channel.getReadSetter().set(ready -> readable());
            channel.resumeReads();
        }

        private void readable() {
            try {
                if (readSome()) {
                    timeout.remove();
                    channel.suspendReads();
                    done();
                }
            } catch (IOException broken) {
                timeout.remove();
                failed();
            }
        }

        /** True when the body has ended or has become too large. */
        private boolean readSome() throws IOException {
            while (true) {
                boolean whole = isWhole();
                if (!whole && !hasRoom()) {
                    return true;
                }
                ByteBuffer target = whole ? ByteBuffer.allocate(1) : buffer;
                int end = target.limit();
                target.limit(Math.min(end, target.position() + BodyWriter.WINDOW_BYTES));
                int read = channel.read(target);
                target.limit(end);
                if (read < 0) {
                    return true;
                }
                if (read == 0) {
                    return false;
                }
            }
        }

        /** All that was announced is here; what is left to read is the end itself. */
        private boolean isWhole() {
            return exchange.getRequestContentLength() == buffer.position();
        }

        /** One byte beyond the limit is room enough to tell a body of exactly the limit from a larger one. */
        private boolean hasRoom() {
            if (buffer.hasRemaining()) {
                return true;
            }
            if (buffer.capacity() > maxBytes) {
                return false;
            }
            int wanted = Math.min(buffer.capacity() * 2, maxBytes + 1);
            buffer = ByteBuffer.allocate(wanted).put(buffer.flip());
            return true;
        }

        private void done() {
            if (buffer.position() > maxBytes) {
                giveUp(tooLarge);
            } else {
                whole.accept(buffer.flip().asReadOnlyBuffer());
            }
        }

        private void timedOut() {
            channel.suspendReads();
            giveUp(tooLate);
        }

        /** What was read is of no use, and need not be held while the rest is waited for. */
        private void giveUp(Consumer<StreamSourceChannel> told) {
            buffer = NOTHING;
            told.accept(channel);
        }

        private void failed() {
            exchange.setPersistent(false);
            exchange.setStatusCode(StatusCodes.BAD_REQUEST).endExchange();
        }
    }
}
