package io.p2pfaas.load.live;

import java.util.function.Consumer;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.jspecify.annotations.Nullable;

/**
 * One request on a connection of its own from the pool. It does by hand what the client's {@code execute} does, because
 * cancelling that keeps the connection when the request was already sent (seen with 5.6.5, pool exhausted by timeouts).
 * Any thread.
 */
final class HttpCall implements FutureCallback<AsyncClientEndpoint> {
    private final AsyncRequestProducer request;
    private final HttpClientContext context;
    private final Consumer<Reply> onReply;
    private volatile boolean givenUp;
    private volatile @Nullable AsyncClientEndpoint connection;

    HttpCall(AsyncRequestProducer request, HttpClientContext context, Consumer<Reply> onReply) {
        this.request = request;
        this.context = context;
        this.onReply = onReply;
    }

    /** The connection is there. */
    @Override
    public void completed(AsyncClientEndpoint leased) {
        connection = leased;
        // Looked at after connection is set, while giveUp does it the other way round: one of the two releases.
        if (givenUp) {
            leased.releaseAndReuse();
            return;
        }
        try {
            var unused = leased.execute(request, new AnswerConsumer(), context, new Ending(leased));
        } catch (RuntimeException refused) {
            // Given up at this very moment, or the connection broke at it.
            leased.releaseAndDiscard();
            failed(refused);
        }
    }

    @Override
    public void failed(Exception cause) {
        String message = cause.getMessage();
        onReply.accept(new Reply.Broken(cause.getClass().getSimpleName() + (message == null ? "" : ": " + message)));
    }

    @Override
    public void cancelled() {
        onReply.accept(new Reply.Broken("cancelled by the client"));
    }

    /** Frees the place in the pool, and closes the connection when a request is on it. */
    void giveUp() {
        givenUp = true;
        AsyncClientEndpoint leased = connection;
        if (leased != null) {
            leased.releaseAndDiscard();
        }
    }

    /** Releases the connection first, so that the next call finds it. Releasing twice is harmless. */
    private final class Ending implements FutureCallback<Reply> {
        private final AsyncClientEndpoint leased;

        Ending(AsyncClientEndpoint leased) {
            this.leased = leased;
        }

        @Override
        public void completed(Reply reply) {
            leased.releaseAndReuse();
            onReply.accept(reply);
        }

        @Override
        public void failed(Exception cause) {
            leased.releaseAndDiscard();
            HttpCall.this.failed(cause);
        }

        @Override
        public void cancelled() {
            leased.releaseAndDiscard();
            HttpCall.this.cancelled();
        }
    }
}
