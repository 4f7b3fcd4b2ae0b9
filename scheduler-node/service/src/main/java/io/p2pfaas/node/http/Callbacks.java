package io.p2pfaas.node.http;

import io.p2pfaas.node.call.CallId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts results to those who want to be called back: a few times, with pauses, following no redirects. Whoever cannot be
 * reached is given up, with a line in the log; the result can still be asked for. Any thread.
 */
final class Callbacks implements AsyncCalls.Delivery, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final int AT_ONCE = 16;
    private static final List<Long> PAUSES_MILLIS = List.of(1_000L, 5_000L);
    private static final long LAST_TRIES_MILLIS = 1_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Sends one request; the future has the status. It ends in time, one way or the other. */
    @FunctionalInterface
    interface Post {
        CompletableFuture<Integer> send(URI url, AsyncResult result);
    }

    private final Post post;
    private final AsyncCalls.Timer timer;
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private final Map<Delivery, CompletableFuture<Integer>> underWay = new HashMap<>();
    private boolean closed;

    Callbacks(Post post, AsyncCalls.Timer timer) {
        this.post = post;
        this.timer = timer;
    }

    @Override
    public void deliver(URI callback, AsyncResult result, Runnable done) {
        enqueue(new Delivery(callback, result, done));
    }

    private void enqueue(Delivery delivery) {
        synchronized (queue) {
            queue.add(delivery);
        }
        sendSome();
    }

    private void sendSome() {
        for (Delivery next = next(); next != null; next = next()) {
            next.send();
        }
    }

    private @Nullable Delivery next() {
        synchronized (queue) {
            return underWay.size() < AT_ONCE ? queue.poll() : null;
        }
    }

    private final class Delivery {
        private final URI url;
        private final AsyncResult result;
        private final Runnable done;
        private int tried;

        Delivery(URI url, AsyncResult result, Runnable done) {
            this.url = url;
            this.result = result;
            this.done = done;
        }

        void send() {
            tried++;
            CompletableFuture<Integer> answer = post.send(url, result);
            synchronized (queue) {
                underWay.put(this, answer);
            }
            CompletableFuture<Integer> ignored = answer.whenComplete((status, failure) -> {
                synchronized (queue) {
                    underWay.remove(this);
                }
                if (status != null && status >= 200 && status < 300) {
                    done.run();
                } else {
                    failed(status != null ? "status " + status : String.valueOf(failure), mayHelp(status));
                }
                sendSome();
            });
        }

        /** Other answers than these will be the same next time. */
        private boolean mayHelp(@Nullable Integer status) {
            return status == null || status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
        }

        private void failed(String why, boolean again) {
            if (again && tried <= PAUSES_MILLIS.size() && !isClosed()) {
                timer.after(PAUSES_MILLIS.get(tried - 1), () -> enqueue(this));
                return;
            }
            LOG.warn(
                    "call={} function={} callback={} given up after {} tries: {}",
                    result.trace().id(),
                    result.function(),
                    url.getHost(),
                    tried,
                    why);
            done.run();
        }
    }

    private boolean isClosed() {
        synchronized (queue) {
            return closed;
        }
    }

    /** Waits for a moment for those that are under way; there are no further tries. */
    @Override
    public void close() {
        CompletableFuture<?>[] last;
        synchronized (queue) {
            closed = true;
            last = underWay.values().toArray(CompletableFuture[]::new);
        }
        try {
            CompletableFuture.allOf(last).get(LAST_TRIES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ignored) {
            // Told by each of them in the log, or as late as the node can wait.
        }
    }

    /** Posts with the JDK's client, which is made when the first result is to be delivered. */
    static final class JdkPost implements Post {
        private static final Duration CONNECT = Duration.ofSeconds(5);
        private static final long WHOLE_MILLIS = 10_000;
        private final AsyncCalls.Timer timer;
        private @Nullable HttpClient client;

        JdkPost(AsyncCalls.Timer timer) {
            this.timer = timer;
        }

        @Override
        public CompletableFuture<Integer> send(URI url, AsyncResult result) {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .setHeader(CallId.FIELD, result.trace().id())
                    .setHeader(CallTrace.START_FIELD, result.trace().started())
                    .setHeader(CallTrace.DURATION_FIELD, CallTrace.seconds(result.durationNanos()))
                    .setHeader("X-Function-Name", result.function().value())
                    .setHeader(
                            AsyncEntrance.STATUS_FIELD,
                            Integer.toString(result.answer().status()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(result)));
            String type = result.answer().headers().first("Content-Type");
            if (type != null) {
                request.setHeader("Content-Type", type);
            }
            CompletableFuture<HttpResponse<Void>> answer =
                    client().sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
            // The request's own timeout ends with the answer's head, and a body may go on for ever.
            timer.after(WHOLE_MILLIS, () -> answer.cancel(true));
            return answer.thenApply(HttpResponse::statusCode);
        }

        private static byte[] bytes(AsyncResult result) {
            byte[] bytes = new byte[result.bytes()];
            result.answer().body().duplicate().get(bytes);
            return bytes;
        }

        private synchronized HttpClient client() {
            HttpClient made = client;
            if (made == null) {
                made = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .build();
                client = made;
            }
            return made;
        }
    }
}
