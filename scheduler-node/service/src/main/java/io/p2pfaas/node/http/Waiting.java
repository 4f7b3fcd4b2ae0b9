package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document.Refusal;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** Does what may wait on threads that may, and answers on the connection's I/O thread. */
final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final int GENERIC = 1;

    /** Finds out what to answer. May wait. */
    @FunctionalInterface
    interface Work {
        Answer find();
    }

    /** Writes an answer, on the I/O thread. */
    @FunctionalInterface
    interface Answer {
        void write(HttpServerExchange exchange);

        static Answer json(int status, String text) {
            return exchange -> Replies.json(exchange, status, text);
        }

        static Answer error(int status, int code, String message) {
            return exchange -> Replies.error(exchange, status, code, message);
        }

        /** 202 if nothing stood against it. */
        static Answer accepted(Optional<Refusal> refusal) {
            return refusal.map(why -> error(why.status(), why.code(), why.message()))
                    .orElse(exchange ->
                            exchange.setStatusCode(StatusCodes.ACCEPTED).endExchange());
        }
    }

    private final Executor executor;

    Waiting(Executor executor) {
        this.executor = executor;
    }

    /** Begins; on the I/O thread. {@link IllegalArgumentException} is answered with 400 and its message. */
    void answer(HttpServerExchange exchange, Work work) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> begin(exchange, work));
    }

    /** Runs what has its own way to answer; {@code otherwise} if it could not be run, or failed. */
    void run(Runnable work, Runnable otherwise) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error unexpected) {
                    LOG.error("a log could not be read", unexpected);
                    otherwise.run();
                }
            });
        } catch (RejectedExecutionException full) {
            LOG.warn("a log was not read: too much is under way");
            otherwise.run();
        }
    }

    private void begin(HttpServerExchange exchange, Work work) {
        try {
            executor.execute(() -> {
                Answer answer = find(exchange, work);
                exchange.getIoThread().execute(() -> write(exchange, answer));
            });
        } catch (RejectedExecutionException full) {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            Replies.error(
                    exchange,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    GENERIC,
                    "The node has as many changes under way as it can; try again");
        }
    }

    private static Answer find(HttpServerExchange exchange, Work work) {
        try {
            return work.find();
        } catch (RequestRefused refused) {
            return Answer.accepted(Optional.of(refused.refusal()));
        } catch (IllegalArgumentException wrong) {
            return Answer.accepted(Optional.of(Refusal.wrongInput(String.valueOf(wrong.getMessage()))));
        } catch (RuntimeException | Error unexpected) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), unexpected);
            return Answer.error(StatusCodes.INTERNAL_SERVER_ERROR, GENERIC, "The node failed; its log says more");
        }
    }

    private static void write(HttpServerExchange exchange, Answer answer) {
        try {
            answer.write(exchange);
        } catch (RuntimeException unsendable) {
            IoUtils.safeClose(exchange.getConnection());
            throw unsendable;
        }
    }
}
